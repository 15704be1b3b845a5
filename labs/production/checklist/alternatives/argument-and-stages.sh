# task: pinned
# why: The tag is an argument with a default, and the app a stage of its own on another.
cat > Dockerfile <<'END'
ARG PYTHON=3.13-slim-trixie
FROM docker.io/library/python:${PYTHON} AS base
WORKDIR /app
FROM base AS app
COPY . .
CMD ["python", "app.py"]
END
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
