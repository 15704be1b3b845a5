# task: cap-pids
# hint: working
# after: 4
docker update --pids-limit 32 spawner
docker stop spawner
