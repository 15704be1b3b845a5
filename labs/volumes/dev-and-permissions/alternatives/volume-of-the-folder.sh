# task: readonly
# why: A volume that is made of the folder shows it as a bind mount does.
docker volume create --opt type=none --opt o=bind --opt device="$PWD/site" site
docker rm -f dev
docker run -d --name dev -p 8080:80 --mount type=volume,src=site,dst=/usr/share/nginx/html,readonly nginx:1.26
curl -sS --retry 5 --retry-all-errors http://localhost:8080
