# task: back
# hint: paused
# after: 1
# why: A way back from a version that is good, ordered by hand: nothing has failed, and nothing went back by itself.
docker service update --detach --update-failure-action rollback tides
docker service update --detach --no-resolve-image --image tides:2 tides
until docker service ps tides --filter desired-state=running --format '{{.Image}}' | grep -q tides:2; do sleep 0.3; done
docker service rollback --detach tides
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' tides)" = rollback_completed ]; do sleep 0.3; done
