# task: images
# hint: plain
# after: 1
# why: The docker command prints JSON too, but its own.
docker images --format json > images.json
