# why: The end of each piece of the way has to be the beginning of the next: the host's port leads to the container's port, and there the program listens on an interface that can be reached from outside.
sed -i "s/-p [0-9]*:[0-9]*/-p $LAB_PORT:$LAB_INNER/; s/DESK_LISTEN=[0-9.]*/DESK_LISTEN=0.0.0.0/" run.sh
sh run.sh
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
