# task: scale
# hint: pending
# after: 3
docker service scale -d web=4
until docker service ps web --format '{{.Error}}' | grep -q 'no suitable node'; do sleep 0.2; done
