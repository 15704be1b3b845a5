"""The lock gate: answers on port 8000, notes each opening in /state/openings.csv. Only one may move the gate: /state/gate.lock.

Settings from the environment: GATE_CONFIG (/etc/gate.json), GATE_LOCK (/state/gate.lock).
"""
import http.server
import json
import os
import sys

print("gate: starting", flush=True)
config = json.load(open(os.environ.get("GATE_CONFIG", "/etc/gate.json")))

lock = os.environ.get("GATE_LOCK", "/state/gate.lock")
try:
    with open(lock, "x") as file:
        file.write(str(os.getpid()))
except FileExistsError:
    print(f"gate: {lock} exists: process {open(lock).read().strip()} moves the gate already", file=sys.stderr)
    sys.exit(17)

if "--background" in sys.argv:
    print("gate: going to the background", flush=True)
    if os.fork():
        os._exit(0)
    os.setsid()


class Gate(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/open":
            with open("/state/openings.csv", "a") as file:
                file.write("opened\n")
        count = sum(1 for _ in open("/state/openings.csv")) if os.path.exists("/state/openings.csv") else 0
        body = f"gate {config['name']}: closed, {count} openings so far\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print("gate: ready", flush=True)
try:
    http.server.ThreadingHTTPServer(("", 8000), Gate).serve_forever()
finally:
    os.remove(lock)
