# task: connected
# hint: file
# after: 1
# why: It works now, and nobody wrote it down.
docker compose rm -fs shop
docker run -d --init --name shop --network chandler_back -p "$LAB_PORT:8000" -e STORE_URL=redis://store:6379 -v "$PWD/shop.py:/shop.py:ro" python:3.13-slim-trixie python /shop.py
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
