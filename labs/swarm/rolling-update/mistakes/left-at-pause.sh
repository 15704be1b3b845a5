# task: back
# hint: paused
# after: 1
# why: The default was left as it is, and somebody had to go back by hand.
docker service update --detach --image tides:3 tides
until docker service inspect -f '{{.UpdateStatus.State}}' tides | grep -q paused; do sleep 0.2; done
docker service rollback tides
