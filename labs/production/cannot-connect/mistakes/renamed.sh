# task: connected
# hint: file
# after: 1
# why: The store was given the name that the shop asks for, by hand; the next up makes it anew without.
sed -i 's#STORE_URL: .*#STORE_URL: redis://warehouse:6379#; s#\[front\]#[front, back]#' compose.yaml
docker compose up -d -t 1
docker rename chandler-store-1 warehouse
