# task: rotate
# hint: old
# after: 4
# why: The services were changed, and the old secret forgotten.
printf %s "$LAB_FRESH" | docker secret create store_password_2 -
sed -i 's/store_password\b/store_password_2/' stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' counter_web counter_store | sort -u)" = completed ]; do sleep 0.3; done
