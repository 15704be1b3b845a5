# task: placed
# hint: hostname
# after: 2
# why: It is on the right machine today.
sed -i '/^  store:/,/^secrets:/ s/^      endpoint_mode: dnsrr/&\n      placement:\n        constraints: [node.hostname == node2]/' stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker service ps counter_store --filter desired-state=running --format '{{.Node}} {{.CurrentState}}' | grep -q 'node2 Running'; do sleep 0.3; done
