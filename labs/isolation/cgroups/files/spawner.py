"""A spawner that has one idea: more processes. Forty at once, then one a second, up to 150."""
import signal
import subprocess
import sys
import time

workers = []


def spawn():
    try:
        workers.append(subprocess.Popen(["sleep", "infinity"]))
        print(f"worker {len(workers)} started", flush=True)
        return True
    except OSError as error:
        print(f"worker {len(workers) + 1} could not be started: {error.strerror}", flush=True)
        return False


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
for _ in range(40):
    if not spawn():
        break
while True:
    time.sleep(1)
    if len(workers) < 150:
        spawn()
