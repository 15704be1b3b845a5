# task: serve
# hint: image
# after: 1
# why: A name that begins like the right one.
docker tag busybox:1.37 nginx-of-mine:1
docker run -d --name web nginx-of-mine:1 sleep infinity
