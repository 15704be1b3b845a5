# task: twice
# hint: port
# after: 2
cd shop && docker compose -p shop-test up -d
