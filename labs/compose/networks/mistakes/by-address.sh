# task: stock
# hint: address
# after: 1
sed -i "s/127\.0\.0\.1:9000/$(docker inspect -f '{{.NetworkSettings.Networks.shop.IPAddress}}' shelf):9000/" front.conf
docker restart -t 2 front
