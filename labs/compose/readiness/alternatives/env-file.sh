# task: deployed
# why: The password of the app is in a file of its own.
echo DB_PASSWORD=seagull > app.env
sed -i '0,/^    environment:/s//    env_file: app.env/; /^      DB_PASSWORD: seagull/d' compose.yaml
docker compose up -d --wait
