# why: The tag names Python and Debian. Security updates of both still come with a rebuild; another Debian comes when you say so.
sed -i 's/^FROM .*/FROM python:3.13-slim-trixie/' Dockerfile
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
