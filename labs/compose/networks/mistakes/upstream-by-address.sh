# task: stock
# hint: address
# after: 1
# why: A name in front of it, and an address all the same.
sed -i "1i upstream goods { server $(docker inspect -f '{{.NetworkSettings.Networks.shop.IPAddress}}' shelf):9000; }" front.conf
sed -i 's#http://127.0.0.1:9000#http://goods#' front.conf
docker restart -t 2 front
