# task: smooth
# hint: all
# after: 2
# why: It was slowed down, and still stops all at once.
docker service update --update-delay 5s tides
