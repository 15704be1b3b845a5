# task: pinned
# hint: tag
# after: 2
# why: On this host, and until somebody pulls.
docker tag python:3.11-slim-bookworm python:3
