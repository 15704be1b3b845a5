# task: loud
# hint: long
# after: 1
sed -i 's|- ./data:/data|- { type: bind, source: ./data, target: /data, bind: { create_host_path: true } }|' compose.yaml
docker compose up -d -t 1
until docker exec orders redis-cli ping 2>/dev/null | grep -q PONG; do sleep 0.1; done
