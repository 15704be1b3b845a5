"""The ferry: tells its next departure on port 8000, from the timetable in /etc/ferry.json."""
import http.server
import json

with open("/etc/ferry.json") as file:
    timetable = json.load(file)


class Ferry(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"The next ferry leaves at {timetable['next']}.\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


print("ferry: ready", flush=True)
http.server.ThreadingHTTPServer(("", 8000), Ferry).serve_forever()
