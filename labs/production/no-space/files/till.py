"""The till: prints one receipt for each request on port 8000, and its journal of 8 MB into /receipts."""
import http.server
import itertools
import os

number = itertools.count(1)


class Till(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            with open("/receipts/journal", "wb") as journal:
                journal.write(b"." * 8_000_000)
                journal.flush()
                os.fsync(journal.fileno())
            status, text = 200, f"receipt {next(number)} printed"
        except OSError as problem:
            os.truncate("/receipts/journal", 0)
            status, text = 507, f"till: cannot print: {problem.strerror}"
            print(text, flush=True)
        body = (text + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print("till: ready", flush=True)
http.server.ThreadingHTTPServer(("", 8000), Till).serve_forever()
