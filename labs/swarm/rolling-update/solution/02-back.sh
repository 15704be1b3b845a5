# why: A task of tides:3 never becomes healthy, so the update fails, and what the service was before is put in force again. The command ends with an error, as it should: the update did fail.
docker service update --update-failure-action rollback tides
docker service update --image tides:3 tides || true
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' tides)" = rollback_completed ]; do sleep 0.3; done
