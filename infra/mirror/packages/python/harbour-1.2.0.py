"""A very small web framework: routes, and a server that calls them."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import signal
import sys

__version__ = "1.2.0"


class App:
    def __init__(self):
        self._routes = {}

    def get(self, path):
        def register(handler):
            self._routes[path] = handler
            return handler

        return register

    def run(self, port=8000):
        routes = self._routes

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                handler = routes.get(self.path)
                body = (handler() if handler else "not found\n").encode()
                self.send_response(200 if handler else 404)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        # As process 1 of a container it would ignore SIGTERM otherwise.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        ThreadingHTTPServer(("", port), Handler).serve_forever()
