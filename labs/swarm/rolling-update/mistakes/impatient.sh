# task: gate
# hint: starting
# after: 0
# why: The check is right now, after one that was not, and asks so seldom that nobody is healthy yet.
docker service update --detach --health-cmd 'curl -f http://localhost/' --health-interval 1s --health-retries 1 tides
until docker service ps tides --format '{{.CurrentState}}' | grep -qE '^(Complete|Failed)'; do sleep 0.2; done
docker service update --detach --health-cmd 'curl -f http://localhost:8000/' --health-interval 5m tides
asks='{{.Spec.ContainerSpec.Healthcheck.Test}} {{.Status.State}}'
until docker inspect --type task -f "$asks" $(docker service ps -q tides) | grep -q '8000.*starting'; do sleep 0.2; done
