# task: crash
# why: With an init in front and five tries: the program is killed, and the init ends with its code.
sed -i 's/--restart always/--init --restart on-failure:5/' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
kill -KILL "$(docker top gate -eo pid,args | awk '/ python \/gate.py/ && !/init/ { print $1 }')"
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
