# task: ferry
# hint: content
# after: 0
docker update --restart no ferry
echo > empty.json
docker stop -t 0 ferry
docker cp empty.json ferry:/etc/ferry.json
# Attached, so that it has ended when this goes on.
docker start -a ferry
