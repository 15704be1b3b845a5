# why: What the build cannot see, no instruction can copy, today's or next year's.
printf '.env\n.git\ntoken.txt\n' > .dockerignore
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
