# task: stock
# hint: localhost
# after: 1
sed -i 's/127\.0\.0\.1:9000/localhost:9000/' front.conf
docker restart -t 2 front
