# why: Any number but 0 will do. The volume still belongs to root from before, so it is handed over first.
docker run --rm -v kiosk-data:/data busybox:1.37 chown -R 10001:10001 /data
sed -i 's/--name kiosk /--name kiosk --user 10001:10001 /' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
