"""A logbook: every visit is a line in a file, and the page says how many there are."""
import argparse
import os
import sys
import urllib.request

__version__ = "1.0"
LOGBOOK = "log/visits.txt"

options = argparse.ArgumentParser(prog="logbook", description=__doc__)
options.add_argument("--port", type=int, default=8000)
options.add_argument("--version", action="version", version=f"logbook {__version__}")
options.add_argument("--ping", action="store_true", help="ask a logbook that runs whether it is well, and end with 0 or 1")
given = options.parse_args()

if given.ping:
    try:
        urllib.request.urlopen(f"http://localhost:{given.port}/health", timeout=2)
    except OSError as problem:
        sys.exit(f"not well: {problem}")
    sys.exit(0)

import harbour

app = harbour.App()


@app.get("/")
def visit():
    with open(LOGBOOK, "a+") as book:
        book.write("a ship\n")
        book.seek(0)
        visits = len(book.readlines())
    return f"visits: {visits}\nkept by user {os.getuid()} at {os.environ.get('HARBOUR', 'an unnamed harbour')}\n"


@app.get("/health")
def health():
    return "well\n"


os.makedirs("log", exist_ok=True)
open(LOGBOOK, "a").close()
app.run(port=given.port)
