# task: user
# hint: readable
# after: 2
# why: The step that thousands of Dockerfiles with pip install --user have in common.
sed -i 's/^EXPOSE/USER 10001\nEXPOSE/' Dockerfile
docker build -t beacon .
docker rm -f beacon
docker run -d --name beacon -p 8080:8000 beacon
