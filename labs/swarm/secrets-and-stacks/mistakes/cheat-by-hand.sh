# task: limits
# hint: by-hand
# after: 3
# why: All is as it should be, until the file is deployed again.
for name in web store; do docker service update --detach --no-resolve-image --limit-memory 128M counter_$name; done
