# task: back
# hint: together
# after: 1
# why: One update with everything in it; and what went back was everything.
docker service update --detach --no-resolve-image --update-failure-action rollback --image tides:3 tides
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' tides)" = rollback_completed ]; do sleep 0.3; done
