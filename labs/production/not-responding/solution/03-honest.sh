# why: It asks what users ask, and gives up after two seconds. A connection alone proves that the kernel is well.
cat > check.py <<'PY'
import os
import urllib.request

urllib.request.urlopen("http://127.0.0.1:" + os.environ["DESK_LISTEN"].rsplit(":", 1)[1], timeout=2)
PY
sh run.sh
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
