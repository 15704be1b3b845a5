# why: The log ends with FileNotFoundError: /etc/ferry.json. A file can be copied into a container whatever its state; the restart spares the wait of the back-off.
docker cp ferry.json ferry:/etc/ferry.json
docker restart -t 0 ferry
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8081
