# A desk that runs, calls itself healthy, and cannot be reached: for which of the reasons, varies.
address=0.0.0.0 inner=$LAB_INNER
case $LAB_CAUSE in bind | both) address=127.0.0.1 ;; esac
case $LAB_CAUSE in port | both) inner=80 ;; esac
cat >run.sh <<RUN
#!/bin/sh
# Starts the information desk.
cd "\$(dirname "\$0")" || exit 1
docker rm -f desk >/dev/null 2>&1
docker run -d --init --name desk -p $LAB_PORT:$inner \\
  -e DESK_LISTEN=$address:$LAB_INNER \\
  --health-cmd 'python /check.py' --health-interval 3s --health-timeout 5s --health-retries 2 \\
  -v "\$PWD/desk.py:/desk.py:ro" -v "\$PWD/check.py:/check.py:ro" \\
  python:3.13-slim-trixie python /desk.py
RUN
sh run.sh
