# task: image
# hint: layer
# after: 0
sed -i 's/^EXPOSE/RUN rm -rf .env .git media tools\nEXPOSE/' Dockerfile
docker build -t quay .
