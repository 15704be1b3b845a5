"""A clerk: files a letter of 4 MiB every tenth of a second. KEEP is how many stay on the desk; without it, all of them."""
import os
import time

keep = int(os.environ.get("KEEP", "0"))
desk = []
number = 0
while True:
    number += 1
    desk.append(bytearray(os.urandom(4096) * 1024))
    if keep:
        del desk[:-keep]
    if number <= 20 or number % 100 == 0:
        print(f"letter {number} filed, {len(desk)} on the desk", flush=True)
    time.sleep(0.1 if number < 100 else 1)
