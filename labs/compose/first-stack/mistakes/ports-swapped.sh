# task: up
# hint: port
# after: 0
cat > compose.yaml <<'EOF'
services:
  web:
    image: python:3.13-slim-trixie
    working_dir: /app
    command: python app.py
    volumes: ["./web:/app:ro"]
    environment: { DB_PASSWORD: seagull }
    ports: ["8000:8080"]
  db:
    image: postgres:17
    environment: { POSTGRES_PASSWORD: seagull }
  cache:
    image: redis:8
EOF
docker compose up -d
