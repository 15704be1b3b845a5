# task: gate
# hint: unhealthy
# after: 0
# why: Port 80 is that of the front; in the container, the app listens at 8000.
docker service update --detach --health-cmd 'curl -f http://localhost/' --health-interval 1s --health-retries 1 tides
until docker service ps tides --format '{{.CurrentState}}' | grep -qE '^(Complete|Failed)'; do sleep 0.2; done
