# task: serve
# hint: background
# after: 1
# why: Started in the foreground, and watched.
setsid docker run --name logbook -p 8080:8000 logbook >/dev/null 2>&1 </dev/null &
curl -fsS -o /dev/null --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080/health
