# why: The label says what the machine has, the constraint what the service needs. When node2 is replaced, the label moves and no file changes.
docker node update --label-add disk=ssd node2
sed -i '/^  store:/,/^secrets:/ s/^      endpoint_mode: dnsrr/&\n      placement:\n        constraints: [node.labels.disk == ssd]/' stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker service ps counter_store --filter desired-state=running --format '{{.Node}} {{.CurrentState}}' | grep -q 'node2 Running'; do sleep 0.3; done
