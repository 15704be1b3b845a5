# why: The name now says Python 3.11, slim, Debian 12. Such a tag still gets security updates, and never another release of anything.
sed -i 's/^FROM .*/FROM python:3.11-slim-bookworm/' Dockerfile
