# task: pinned
# hint: floating
# after: 0
# why: A version and a release that sound right, and that this machine has not; the build fails, and what runs is as it was.
sed -i 's/^FROM .*/FROM python:3.13.5-slim-trixie/' Dockerfile
docker compose up -d -t 1 --build || true
