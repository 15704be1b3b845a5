# task: serve
# hint: drained
# after: 0
# why: Two do not run, so let there be four.
docker service scale --detach tides=4
