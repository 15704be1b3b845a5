# task: rollout
# hint: push
# after: 0
echo 'charts/*.tif' > .dockerignore
docker build -t registry:5000/harbour/charts:2 .
