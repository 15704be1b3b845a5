# task: cap-cpu
# hint: lost
# after: 3
# why: The limit is right, four hours of work are gone.
docker rm -f cruncher
docker run -d --name cruncher --cpus 0.25 busybox:1.37 sh -c 'while :; do :; done'
