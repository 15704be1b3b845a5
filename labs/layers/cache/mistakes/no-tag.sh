# task: build
# hint: tag
# after: 0
docker build .
