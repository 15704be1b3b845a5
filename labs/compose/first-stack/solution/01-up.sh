# why: One file says what the stack is; `up` compares it with what there is and makes the difference. A network for the three comes along, so their names work.
cat > compose.yaml <<'EOF'
services:
  web:
    image: python:3.13-slim-trixie
    working_dir: /app
    command: python app.py
    volumes:
      - ./web:/app:ro
    environment:
      DB_PASSWORD: seagull
    ports:
      - "8080:8000"
    depends_on: [db, cache]
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: seagull
  cache:
    image: redis:8
EOF
docker compose up -d --quiet-pull
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
