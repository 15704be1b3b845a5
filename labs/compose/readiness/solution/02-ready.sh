# why: Ready is what the database itself says, asked the way the app will ask. The start period is generous, because it costs nothing when the database is quick: the first success ends it.
cat > compose.yaml <<'EOF'
services:
  app:
    image: python:3.13-slim-trixie
    working_dir: /app
    command: python app.py
    volumes:
      - ./web:/app:ro
    environment:
      DB_PASSWORD: seagull
    ports:
      - "8080:8000"
    depends_on:
      db:
        condition: service_healthy
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: seagull
    volumes:
      - ./init:/docker-entrypoint-initdb.d:ro
      - tides:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "postgres"]
      interval: 1s
      start_period: 60s
      start_interval: 1s
volumes:
  tides:
EOF
