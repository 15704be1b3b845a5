# task: connected
# hint: own-words
# after: 1
sed -i 's/count = ropes()/count = 412/' shop.py
docker compose restart -t 1 shop
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
