# why: The limit is checked when a process is made. Those that exist stay, so the container has to begin again below it.
docker update --pids-limit 32 spawner
docker restart spawner
