# why: More than half of the managers have to agree. Of three, two are left when one goes; of two, one is left, and that is not more than half.
docker node promote node2 node3
until [ "$(docker node ls --format '{{.ManagerStatus}}' | grep -c 'Leader\|Reachable')" = 3 ]; do sleep 0.3; done
