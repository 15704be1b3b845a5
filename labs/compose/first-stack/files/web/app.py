"""The guest book: lines in PostgreSQL, the number of visits in Redis."""
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from store import Postgres, Redis

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def database():
    return Postgres(
        os.environ.get("DB_HOST", "db"),
        os.environ.get("DB_USER", "postgres"),
        os.environ.get("DB_PASSWORD", ""),
        os.environ.get("DB_NAME", "postgres"),
    )


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            db = database()
            if self.path == "/health":
                db.query("SELECT 1")
                Redis(os.environ.get("CACHE_HOST", "cache"))
                return self.answer(200, "well\n")
            db.query("CREATE TABLE IF NOT EXISTS guests (name text)")
            if self.path.startswith("/sign/"):
                name = self.path[6:].replace("'", "")
                db.query(f"INSERT INTO guests VALUES ('{name}')")
            guests = [row[0] for row in db.query("SELECT name FROM guests")]
            visits = Redis(os.environ.get("CACHE_HOST", "cache")).incr("visits")
            self.answer(200, f"guests: {', '.join(guests) or 'none'}\nvisits: {visits}\n")
        except OSError as problem:
            self.answer(503, f"not today: {problem}\n")

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 8000), Page).serve_forever()
