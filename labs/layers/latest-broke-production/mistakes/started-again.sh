# task: restore
# hint: rollback
# after: 0
docker restart pilots
docker wait pilots
