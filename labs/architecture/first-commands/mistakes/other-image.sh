# task: hello
# hint: name
# after: 0
docker run --name hello nginx:1.26 echo ahoy
