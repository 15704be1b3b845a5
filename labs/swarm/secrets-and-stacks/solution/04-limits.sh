# why: A limit belongs to the description. The node enforces it, as it does for docker run.
sed -i 's/^      endpoint_mode: dnsrr/&\n      resources:\n        limits:\n          memory: 128M/' stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker service inspect -f '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}' counter_web counter_store | sort -u | grep -qx completed; do sleep 0.3; done
