# task: quorum
# hint: two
# after: 3
# why: Two are safer than one.
docker node promote node2
until [ "$(docker node ls --format '{{.ManagerStatus}}' | grep -c 'Leader\|Reachable')" = 2 ]; do sleep 0.3; done
