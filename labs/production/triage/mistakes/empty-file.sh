# task: ferry
# hint: content
# after: 0
echo > empty.json
# An update that meets the moment of an end is refused, and a start may attach to a run that began before the file came.
until docker update --restart no ferry; do :; done
docker stop -t 0 ferry
docker cp empty.json ferry:/etc/ferry.json
# Attached, so that it has ended when this goes on.
until docker start -a ferry 2>&1 | grep JSON; do :; done
