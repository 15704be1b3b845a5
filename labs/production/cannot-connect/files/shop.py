"""The ship chandler's shop: asks the store (Redis, STORE_URL) for each visitor how many ropes there are, and says so on port 8000."""
import http.server
import os
import socket
from urllib.parse import urlsplit

store = urlsplit(os.environ["STORE_URL"])
where = f"{store.hostname}:{store.port}"


def ropes():
    with socket.create_connection((store.hostname, store.port), 2) as connection:
        connection.sendall(b"GET ropes\r\n")
        answer = connection.makefile()
        # "$3" and the value on the next line, or "$-1" when there is none.
        return None if answer.readline().strip() == "$-1" else answer.readline().strip()


class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            count = ropes()
            status, text = 200, "the store knows of no ropes" if count is None else f"{count} ropes in store"
        except OSError as problem:
            status, text = 503, f"shop: cannot reach {where}: {problem}"
            print(text, flush=True)
        body = (text + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print(f"shop: open, the store is at {where}", flush=True)
http.server.ThreadingHTTPServer(("", 8000), Shop).serve_forever()
