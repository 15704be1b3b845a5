# task: ready
# why: The app waits for the database itself, without ending, and it is in two networks.
cat > compose.yaml <<'END'
services:
  app:
    image: python:3.13-slim-trixie
    working_dir: /app
    command:
      - sh
      - -c
      - |
        until python -c 'import socket; socket.create_connection(("db", 5432), 1)' 2>/dev/null; do sleep 1; done
        exec python app.py
    volumes: ["./web:/app:ro"]
    environment: { DB_PASSWORD: seagull }
    ports: ["8080:8000"]
    depends_on: [db]
    networks: [front, back]
  db:
    image: postgres:17
    environment: { POSTGRES_PASSWORD: seagull }
    volumes:
      - ./init:/docker-entrypoint-initdb.d:ro
      - tides:/var/lib/postgresql/data
    networks: [back]
networks:
  front:
  back:
volumes:
  tides:
END
