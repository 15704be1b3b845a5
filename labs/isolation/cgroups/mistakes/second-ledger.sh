# task: restart
# hint: same
# after: 2
# why: A new one beside it, with the limit typed once more. The one that died still lies there.
docker run -d --name ledger2 --memory 96m --memory-swap 96m -p 8081:8081 -v "$PWD/ledger.py:/ledger.py:ro" python:3.13-slim-trixie python -u /ledger.py
