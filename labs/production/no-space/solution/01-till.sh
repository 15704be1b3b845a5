# why: First the queue at the counter. df says that the disk is full, du finds the log of gauge; emptied in place it gives its space back at once, and nothing has to be restarted.
truncate -s 0 "$(docker inspect -f '{{.LogPath}}' gauge)"
curl -sS http://localhost:8080
