"""The information desk: listens where DESK_LISTEN says, and answers every question in the same way."""
import http.server
import os

address, port = os.environ["DESK_LISTEN"].rsplit(":", 1)


class Desk(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"The desk is open. The toilets are on the left.\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer((address, int(port)), Desk)
print("desk: open", flush=True)
server.serve_forever()
