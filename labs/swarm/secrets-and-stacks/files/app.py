"""The visitors' counter: its number is in the store, which wants a password."""
import os
import signal
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def password():
    """From the file that STORE_PASSWORD_FILE names, to the byte; otherwise from STORE_PASSWORD."""
    path = os.environ.get("STORE_PASSWORD_FILE")
    if path:
        with open(path) as file:
            return file.read()
    return os.environ.get("STORE_PASSWORD", "")


def ask(*words):
    with socket.create_connection(("store", 6379), timeout=3) as link:
        lines = link.makefile("rb")
        for line in (("AUTH", password()), words):
            parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in line)
            link.sendall(f"*{len(line)}\r\n{parts}".encode())
            answer = lines.readline().decode().strip()
            if answer.startswith("-"):
                raise OSError(answer[1:])
        return answer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            status, text = 200, f"visits: {ask('INCR', 'visits')[1:]}\n"
        except OSError as problem:
            status, text = 503, f"not today: {problem}\n"
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("", 8000), Page).serve_forever()
