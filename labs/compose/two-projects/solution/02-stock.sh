# why: Both services are called web, which was nobody's business while each was at home. In a shared network a name of one's own avoids being mistaken for somebody else.
sed -i 's/^    networks: .*/    networks:\n      default:\n      harbour:\n        aliases: [stock]/' stock/compose.yaml
cd stock
docker compose up -d -t 1
curl -fsS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080/stock
