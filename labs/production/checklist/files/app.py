"""The harbour master's API. Answers on port 8000; its token comes from API_TOKEN_FILE or API_TOKEN, its log goes to LOG_FILE or else to its output."""
import http.server
import os
import sys
import tempfile


def read_token():
    path = os.environ.get("API_TOKEN_FILE")
    try:
        return open(path).read().strip() if path else os.environ.get("API_TOKEN", "")
    except OSError as problem:
        print(f"api: no token: {problem}", file=sys.stderr, flush=True)
        return ""


def log(line):
    path = os.environ.get("LOG_FILE")
    try:
        if path:
            with open(path, "a") as file:
                file.write(line + "\n")
        else:
            print(line, flush=True)
    except OSError:
        pass


token = read_token()


class Api(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            with tempfile.TemporaryFile(dir="/tmp") as file:
                file.write(b"draft")
            draft = "drafts ok"
        except OSError as problem:
            draft = f"no drafts: {problem.strerror}"
        mark = f"{len(token)}…{token[-4:]}" if token else "none"
        log(f"GET {self.path}")
        body = f"api: {draft}, token {mark}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


log("api: ready")
http.server.ThreadingHTTPServer(("", 8000), Api).serve_forever()
