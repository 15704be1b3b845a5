# why: A secret never changes, so that each task has the one with which it was made. A new name is a change of the services: the swarm makes new tasks, and nothing holds the old secret any more.
printf %s "$LAB_FRESH" | docker secret create store_password_2 -
sed -i 's/store_password\b/store_password_2/' stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker secret rm store_password 2>/dev/null; do sleep 0.3; done
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' counter_web counter_store | sort -u)" = completed ]; do sleep 0.3; done
