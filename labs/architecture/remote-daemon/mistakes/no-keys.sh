# task: context
# hint: keys
# after: 1
docker context create node2 --docker host=tcp://node2:2376
