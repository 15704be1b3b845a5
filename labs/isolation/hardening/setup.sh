# The kiosk as it has been running for years.
sh run.sh
curl -sS -o /dev/null --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
