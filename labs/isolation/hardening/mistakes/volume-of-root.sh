# task: user
# hint: owner
# after: 1
sed -i 's/--name kiosk /--name kiosk --user 10001:10001 /' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
