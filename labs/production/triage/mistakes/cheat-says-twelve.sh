# task: shop
# hint: bypass
# after: 3
docker rm -f shop
docker run -d --name shop -p 8083:80 busybox:1.37 sh -c "mkdir /www; echo 12 ropes left. > /www/index.html; exec httpd -f -h /www"
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8083
