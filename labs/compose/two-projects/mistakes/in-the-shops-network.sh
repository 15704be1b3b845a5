# task: shared
# hint: owner
# after: 0
printf '    networks: [default, shop_default]\nnetworks:\n  shop_default:\n    external: true\n' >> stock/compose.yaml
cd stock && docker compose up -d -t 1
