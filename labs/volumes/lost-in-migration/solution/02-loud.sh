# why: In the long form one can say that a missing folder is an error. Compose makes the container anew, on the same folder, and the data stays.
sed -i 's|- ./data:/data|- { type: bind, source: ./data, target: /data, bind: { create_host_path: false } }|' compose.yaml
docker compose up -d
until docker exec orders redis-cli ping | grep -q PONG; do sleep 0.1; done
