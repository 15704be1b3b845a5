# task: connected
# why: The setting is in a file of its own, and the shop is in both networks.
echo 'STORE_URL=redis://store:6379' > shop.env
sed -i 's#^ *environment:.*#    env_file: shop.env#; /STORE_URL:/d; s#\[front\]#[front, back]#' compose.yaml
docker compose up -d -t 1
