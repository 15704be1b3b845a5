# task: images
# hint: plain
# after: 1
# why: docker image inspect prints a list with ids as well; it is made by the command, of many answers.
docker image inspect $(docker images -q) > images.json
