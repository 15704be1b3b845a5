# task: pinned
# hint: library
# after: 2
# why: As pinned as can be, and as broken.
sed -i 's/^FROM .*/FROM python:3.13-slim-trixie/' Dockerfile
