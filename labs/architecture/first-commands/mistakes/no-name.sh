# task: hello
# hint: name
# after: 0
docker run busybox:1.37 echo ahoy
