# task: user
# hint: stale
# after: 2
sed -i 's/^CMD/RUN useradd --system keeper \&\& install -d -o keeper log\nUSER keeper\nCMD/' Dockerfile
docker build -t logbook .
docker restart -t 2 logbook
