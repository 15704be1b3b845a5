# A shop and its store, put together with Compose; where they miss each other varies.
url=redis://store:6379 networks='front, back'
case $LAB_CAUSE in
network) networks=front ;;
name) url=redis://warehouse:6379 ;;
port) url=redis://store:6380 ;;
localhost) url=redis://localhost:6379 ;;
esac
cat >compose.yaml <<YAML
services:
  shop:
    image: python:3.13-slim-trixie
    command: python /shop.py
    init: true
    ports: ["$LAB_PORT:8000"]
    environment:
      STORE_URL: $url
    volumes: ["./shop.py:/shop.py:ro"]
    networks: [$networks]

  store:
    image: redis:8.0
    volumes: ["ropes:/data"]
    networks: [back]

networks:
  front:
  back:

volumes:
  ropes:
YAML
docker compose up -d
until docker compose exec -T store redis-cli set ropes 412 | grep -q OK; do sleep 0.2; done
docker compose exec -T store redis-cli save
