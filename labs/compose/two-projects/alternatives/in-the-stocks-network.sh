# task: shared
# why: The network belongs to the stock, and the shop is its guest: it does not go away with the shop.
printf '    networks: [default, stock_default]\nnetworks:\n  stock_default:\n    external: true\n' >> shop/compose.yaml
(cd shop && docker compose up -d -t 1 && docker compose run web nginx -v)
