# task: user
# hint: writes
# after: 2
# why: Not root any more, and the folder still is root's.
sed -i 's/^CMD/RUN useradd --system keeper\nUSER keeper\nCMD/' Dockerfile
docker build -t logbook .
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 logbook
