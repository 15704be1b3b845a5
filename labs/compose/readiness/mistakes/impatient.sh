# task: ready
# hint: patience
# after: 1
sed -i 's/^      - db/      db:\n        condition: service_healthy/; s/^    image: postgres.*/&\n    healthcheck:\n      test: pg_isready -h 127.0.0.1 -U postgres\n      interval: 1s\n      retries: 3/' compose.yaml
