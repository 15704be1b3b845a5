# task: honest
# hint: never
# after: 2
sed -i "s#--health-cmd 'python /check.py'#--health-cmd 'curl -fsS -m 2 http://localhost:$LAB_INNER'#" run.sh
sh run.sh
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
