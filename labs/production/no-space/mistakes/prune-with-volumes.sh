# task: books
# hint: gone
# after: 2
# why: The routine fix. It takes the stopped container, and then its anonymous volume.
docker rm -v archive
