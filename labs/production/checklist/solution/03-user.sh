# why: A number needs no entry in /etc/passwd, and Kubernetes can check a number. The app writes only to /tmp.
sed -i 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
