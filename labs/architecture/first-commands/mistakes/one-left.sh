# task: clean
# hint: both
# after: 6
docker rm web
