# task: healed
# hint: wished
# after: 4
# why: The swarm was asked to make new ones.
docker service update --force --update-parallelism 0 web
