# task: cap-pids
# hint: existing
# after: 4
docker update --pids-limit 32 spawner
