# task: secret
# hint: layer
# after: 3
docker run -d --name vault --init busybox:1.37 sleep infinity
echo "$LAB_TOKEN" | docker exec -i vault sh -c 'mkdir -p /vault && cat > /vault/token'
