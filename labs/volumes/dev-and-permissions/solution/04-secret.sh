# why: A tmpfs is memory: not in a layer, not in a volume, gone when the container stops. The token comes in by standard input, so it is in no setting either.
docker run -d --name vault --init --tmpfs /vault busybox:1.37 sleep infinity
echo "$LAB_TOKEN" | docker exec -i vault sh -c 'cat > /vault/token'
