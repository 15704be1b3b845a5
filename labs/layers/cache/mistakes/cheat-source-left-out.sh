# task: cached
# hint: source
# after: 1
# why: What is not sent cannot change.
echo app.py > .dockerignore
docker build -t tide .
