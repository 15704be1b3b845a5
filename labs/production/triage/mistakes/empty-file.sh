# task: ferry
# hint: content
# after: 0
docker update --restart no ferry
echo > empty.json
docker cp empty.json ferry:/etc/ferry.json
docker restart -t 0 ferry
docker wait ferry
