# task: secret
# hint: settings
# after: 3
docker run -d --name vault --init --tmpfs /vault -e TOKEN="$LAB_TOKEN" busybox:1.37 sh -c 'echo "$TOKEN" > /vault/token; exec sleep infinity'
