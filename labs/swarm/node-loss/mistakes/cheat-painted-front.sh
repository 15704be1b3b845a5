# task: serve
# hint: front
# after: 0
# why: The front answers by itself.
printf 'server { listen 80; default_type text/plain; return 200 "high water at 11:40, told by 0123456789ab\\n"; }' | docker config create painted -
docker service update --detach --config-rm front --config-add source=painted,target=/etc/nginx/conf.d/default.conf front
docker node update --availability active node1
docker service scale --detach tides=0
curl -fs -o /dev/null --retry 30 --retry-delay 1 --retry-all-errors http://node1:$LAB_PORT/
