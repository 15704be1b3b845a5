# task: survive
# hint: again
# after: 2
# why: Forcing an update deals the tasks out anew, this once.
docker service update --force tides
