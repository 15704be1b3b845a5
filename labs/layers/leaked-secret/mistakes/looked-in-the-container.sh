# task: find
# hint: history
# after: 0
docker exec ferry cat /tmp/token.txt > leak.txt
