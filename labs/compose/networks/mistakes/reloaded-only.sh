# task: stock
# hint: restart
# after: 1
sed -i 's/127\.0\.0\.1:9000/shelf:9000/' front.conf
docker exec front nginx -s reload
