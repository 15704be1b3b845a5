# task: ferry
# hint: silenced
# after: 0
# why: It is quiet now.
until docker update --restart no ferry; do :; done
docker stop -t 0 ferry
