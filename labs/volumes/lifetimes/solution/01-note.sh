# why: What a container writes lies in its writable layer, and that belongs to the container, not to its process. Stopping ends the process and touches no file.
docker exec pad sh -c 'echo remember > /note.txt'
docker stop pad
docker start pad
docker exec pad cat /note.txt
