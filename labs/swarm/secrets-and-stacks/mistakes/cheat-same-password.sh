# task: rotate
# hint: word
# after: 4
# why: A new name, and in it the password that has leaked.
printf %s "$LAB_PASSWORD" | docker secret create store_password_2 -
sed -i 's/store_password\b/store_password_2/' stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker secret rm store_password 2>/dev/null; do sleep 0.3; done
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' counter_web counter_store | sort -u)" = completed ]; do sleep 0.3; done
