# task: crash
# hint: policy
# after: 2
# why: Started by hand after its crash, and given a policy then: that it comes back by itself nobody has seen.
docker update --restart no gate
kill -KILL "$(docker inspect -f '{{.State.Pid}}' gate)"
docker wait gate
docker start gate
docker update --restart unless-stopped gate
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
