"""The kiosk: sells tickets on port 80, counts them in /data, prints them by way of /tmp."""
import http.server
import json
import os
import tempfile


def try_to_write(folder):
    try:
        with tempfile.TemporaryFile(dir=folder) as ticket:
            ticket.write(b"one way")
        return "ok"
    except OSError as problem:
        return problem.strerror


class Kiosk(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/status":
            text = json.dumps({"data": try_to_write("/data"), "tmp": try_to_write("/tmp"), "uid": os.getuid()})
        else:
            text = "The kiosk is open."
        body = (text + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("", 80), Kiosk).serve_forever()
