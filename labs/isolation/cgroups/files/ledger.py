"""A ledger that never forgets: every booking keeps 24 MiB of memory, for good."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import signal
import sys

BOOKING = 24 * 1024 * 1024
book = []


class Ledger(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/book":
            # Touched page by page: memory that is merely reserved costs nothing.
            book.append(bytearray(b"\xff") * BOOKING)
            print(f"booking {len(book)}", flush=True)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{len(book)} bookings, {len(book) * 24} MiB\n".encode())

    def log_message(self, *_):
        pass


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ledger is open on port 8081", flush=True)
ThreadingHTTPServer(("", 8081), Ledger).serve_forever()
