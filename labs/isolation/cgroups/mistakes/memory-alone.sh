# task: cap-memory
# hint: live
# after: 1
# why: Made anew without the limit, because that is how it is started everywhere.
docker rm -f ledger
docker run -d --name ledger -p 8081:8081 -v "$PWD/ledger.py:/ledger.py:ro" python:3.13-slim-trixie python -u /ledger.py
