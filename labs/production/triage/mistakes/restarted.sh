# task: till
# hint: lost
# after: 2
docker restart -t 1 till
