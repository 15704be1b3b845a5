"""The stations of the tide service. It reads them once, when it starts, and ends if it cannot."""
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from store import Postgres

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

try:
    rows = Postgres("db", "postgres", os.environ["DB_PASSWORD"], "postgres").query("SELECT name FROM stations")
except OSError as problem:
    sys.exit(f"cannot start without the database: {problem}")


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("stations: " + ", ".join(name for name, in rows) + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 8000), Page).serve_forever()
