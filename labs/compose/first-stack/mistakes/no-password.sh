# task: up
# hint: database
# after: 0
cat > compose.yaml <<'EOF'
services:
  web:
    image: python:3.13-slim-trixie
    working_dir: /app
    command: python app.py
    volumes: ["./web:/app:ro"]
    ports: ["8080:8000"]
  db:
    image: postgres:17
  cache:
    image: redis:8
EOF
docker compose up -d
docker compose wait db
