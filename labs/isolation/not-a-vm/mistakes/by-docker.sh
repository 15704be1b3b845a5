# task: end
# hint: docker
# after: 2
docker kill beacon
