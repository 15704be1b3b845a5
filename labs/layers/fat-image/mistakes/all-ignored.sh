# task: rollout
# hint: pages
# after: 0
printf 'charts\nwww\n' > .dockerignore
sed -i '/^RUN/d' Dockerfile
docker build -t registry:5000/harbour/charts:2 .
docker push registry:5000/harbour/charts:2
