# task: honest
# hint: none
# after: 2
sed -i '/--health-cmd/d' run.sh
sh run.sh
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
