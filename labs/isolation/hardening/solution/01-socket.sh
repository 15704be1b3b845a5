# why: The socket is the Engine, and the Engine is root on the host. The kiosk never used it; most things that have it do not.
sed -i '/docker.sock/d' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
