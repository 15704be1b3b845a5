# task: pinned
# hint: rebuild
# after: 0
sed -i 's/^FROM .*/FROM python:3.13-slim-trixie/' Dockerfile
docker build -q -t harbour-api-api --build-arg later=1 --label built=later .
