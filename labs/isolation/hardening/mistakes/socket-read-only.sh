# task: socket
# hint: readonly
# after: 0
sed -i 's/docker.sock:\/var\/run\/docker.sock/docker.sock:\/var\/run\/docker.sock:ro/' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
