# why: Another project name, another set of containers, networks and volumes. What is shared by all on the host, the port, has to be told apart by hand.
cd shop
PORT=8081 docker compose -p shop-test up -d
curl -fsS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8081/stock
