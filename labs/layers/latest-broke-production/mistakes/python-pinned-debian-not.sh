# task: pinned
# hint: codename
# after: 2
sed -i 's/^FROM .*/FROM python:3.11-slim/' Dockerfile
