# why: The archive is made, so the service can go on at once; carrying and restoring take their time without it.
docker start db
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
# Waits for node2 to fetch it, once.
setsid sh -c 'nc -lN 9000 < berths.tar.gz' >/dev/null 2>&1 </dev/null &
# Whoever asks before it listens is refused, and gets no archive.
until ss -ltn | grep -q ':9000 '; do sleep 0.1; done
