# task: user
# hint: user
# after: 2
# why: A user with a name that is nowhere made; the container never begins.
sed -i 's/^CMD/USER keeper\nCMD/' Dockerfile
docker build -t logbook .
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 logbook || true
