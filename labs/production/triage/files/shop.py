"""The shop: says on port 8000 how many ropes are left; it asks the store for that."""
import http.server
import urllib.request


class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            ropes = urllib.request.urlopen("http://store:9000/ropes", timeout=2).read().decode().strip()
            status, text = 200, f"{ropes} ropes left."
        except OSError as problem:
            status, text = 503, f"shop: cannot ask http://store:9000: {problem}"
            print(text, flush=True)
        body = (text + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print("shop: ready", flush=True)
http.server.ThreadingHTTPServer(("", 8000), Shop).serve_forever()
