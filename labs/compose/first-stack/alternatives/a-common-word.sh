# task: password
# why: A password that is a word of the file for other reasons, in a new database; PostgreSQL reads it from a secret that Compose takes from .env.
cat > compose.yaml <<'END'
services:
  web:
    image: python:3.13-slim-trixie
    working_dir: /app
    command: python app.py
    volumes: ["./web:/app:ro"]
    environment:
      - DB_PASSWORD=${DB_PASSWORD:?}
    ports: ["127.0.0.1:8080:8000"]
  db:
    image: docker.io/library/postgres:17
    environment:
      POSTGRES_USER: postgres
      POSTGRES_PASSWORD_FILE: /run/secrets/password
    secrets: [password]
  cache:
    image: redis:8
secrets:
  password:
    environment: DB_PASSWORD
END
echo DB_PASSWORD=postgres > .env
docker compose down -v -t 1
docker compose up -d
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
# A look around leaves a container behind that is not the service's.
docker compose run --no-deps db psql --version
