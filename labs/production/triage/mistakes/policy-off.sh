# task: ferry
# hint: silenced
# after: 0
# why: It is quiet now.
docker update --restart no ferry
docker stop -t 0 ferry
