#!/bin/sh
# Makes a clerk anew: sh run.sh press. Its settings are in press.env; further options of docker run may follow the name.
cd "$(dirname "$0")" || exit 1
name=$1
shift
docker rm -f "$name" >/dev/null 2>&1
docker run -d --name "$name" --memory 64m --memory-swap 64m --env-file "$name.env" "$@" -v "$PWD/clerk.py:/clerk.py:ro" python:3.13-slim-trixie python /clerk.py
