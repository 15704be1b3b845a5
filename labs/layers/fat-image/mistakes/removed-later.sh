# task: rollout
# hint: layer
# after: 0
sed -i 's/^EXPOSE/RUN rm charts\/*.tif\nEXPOSE/' Dockerfile
docker build -t registry:5000/harbour/charts:2 .
docker push registry:5000/harbour/charts:2
