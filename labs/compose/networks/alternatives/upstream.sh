# task: stock
# why: An upstream of its own, the front made anew in the network, and the shelf under another name there.
docker network disconnect shop shelf && docker network connect --alias goods shop shelf
cat > front.conf <<'END'
upstream goods { server goods:9000; }
server {
  listen 80;
  location = / { default_type text/plain; return 200 "front: open\n"; }
  location /stock { proxy_pass http://goods/index.txt; }
}
END
docker rm -f front
docker run -d --name front --network shop -p 8080:80 -v "$PWD/front.conf:/etc/nginx/conf.d/default.conf:ro" nginx:1.26
curl -fsS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080/stock
