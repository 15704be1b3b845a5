# task: lighthouse
# hint: gone
# after: 7
# why: The line that every blog recommends for cleaning up.
docker rm -f $(docker ps -aq)
