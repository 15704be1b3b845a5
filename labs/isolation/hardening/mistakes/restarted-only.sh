# task: seccomp
# hint: anew
# after: 0
# why: The file is right, the container is the old one.
sed -i '/seccomp=unconfined/d' run.sh
docker restart -t 0 kiosk
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
