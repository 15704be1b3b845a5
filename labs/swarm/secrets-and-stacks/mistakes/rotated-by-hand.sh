# task: rotate
# hint: by-hand
# after: 4
# why: It leaked at night, and docker service update was quicker than the file.
printf %s "$LAB_FRESH" | docker secret create store_password_2 -
for name in web store; do
  docker service update --detach --no-resolve-image --secret-rm store_password --secret-add source=store_password_2,target=store_password counter_$name
done
until docker secret rm store_password 2>/dev/null; do sleep 0.3; done
until [ "$(docker service inspect -f '{{.UpdateStatus.State}}' counter_web counter_store | sort -u)" = completed ]; do sleep 0.3; done
