# task: secret
# hint: layer
# after: 3
# why: docker cp knows nothing of the tmpfs; the first try lies in the layer, below it, and cannot be seen.
docker run -d --name vault --init --tmpfs /vault busybox:1.37 sleep infinity
echo "$LAB_TOKEN" > t && docker cp t vault:/vault/token && rm t
echo "$LAB_TOKEN" | docker exec -i vault sh -c 'cat > /vault/token'
