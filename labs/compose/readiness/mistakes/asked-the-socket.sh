# task: ready
# hint: init
# after: 1
sed -i 's/^      - db/      db:\n        condition: service_healthy/; s/^    image: postgres.*/&\n    healthcheck:\n      test: pg_isready -U postgres\n      interval: 1s\n      start_period: 60s\n      start_interval: 1s/' compose.yaml
