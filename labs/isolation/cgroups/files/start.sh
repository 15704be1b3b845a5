#!/bin/sh
# Puts the harbour back as you found it: three containers without limits, and a neighbour.
cd "$(dirname "$0")" || exit 1
docker rm -f ledger cruncher spawner front >/dev/null 2>&1
docker run -d --name cruncher busybox:1.37 sh -c 'while :; do :; done'
docker run -d --name spawner -v "$PWD/spawner.py:/spawner.py:ro" python:3.13-slim-trixie python -u /spawner.py &
docker run -d --name ledger -p 8081:8081 -v "$PWD/ledger.py:/ledger.py:ro" python:3.13-slim-trixie python -u /ledger.py &
docker run -d --name front -p 8080:80 nginx:1.26 &
wait
