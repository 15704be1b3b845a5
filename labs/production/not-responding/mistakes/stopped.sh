# task: answer
# hint: start
# after: 1
# why: Turned off, and not on again.
docker stop -t 1 desk
