# task: answer
# why: No publication at all: the desk listens at the port of the host itself.
sed -i "s/-p [0-9]*:[0-9]*/--network host/; s/DESK_LISTEN=[0-9.:]*/DESK_LISTEN=127.0.0.1:$LAB_PORT/" run.sh
sh run.sh
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
