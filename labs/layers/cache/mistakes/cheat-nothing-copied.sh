# task: quiet
# hint: source
# after: 2
printf '*\n!requirements.txt\n!wheels\n' > .dockerignore
docker build -t tide .
