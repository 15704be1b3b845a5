#!/bin/sh
# Starts what runs on this machine, as the handbook says.
cd "$(dirname "$0")" || exit 1
docker rm -f till gauge >/dev/null 2>&1
docker run -d --name till -p 8080:8000 -v till-receipts:/receipts -v "$PWD/till.py:/till.py:ro" python:3.13-slim-trixie python /till.py
docker run -d --init --name gauge -v "$PWD/gauge.sh:/gauge.sh:ro" busybox:1.37 sh /gauge.sh
