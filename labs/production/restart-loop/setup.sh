# The gate runs, then something happens to it: which of three, varies. Nothing that stays says which.
cat >gate.json <<'JSON'
{
  "name": "north",
  "rise_cm": 180
}
JSON
options='' last=''
case $LAB_CAUSE in
config) sed -i 's/180/180,/' gate.json ;;
background) last=' --background' options=' -e GATE_LOCK=/run/gate.lock --tmpfs /run' ;;
esac
cat >run.sh <<RUN
#!/bin/sh
# Starts the gate, as it has been started since the last change.
cd "\$(dirname "\$0")" || exit 1
docker rm -f gate >/dev/null 2>&1
docker run -d --name gate --restart always -p $LAB_PORT:8000$options \\
  -v gate-state:/state -v "\$PWD/gate.json:/etc/gate.json:ro" -v "\$PWD/gate.py:/gate.py:ro" \\
  python:3.13-slim-trixie python /gate.py$last
RUN
lock=
[ "$LAB_CAUSE" != lock ] || lock='echo 1 > /state/gate.lock;'
docker run --rm -v gate-state:/state busybox:1.37 sh -c "$lock yes opened | head -n 412 > /state/openings.csv"
sh run.sh
