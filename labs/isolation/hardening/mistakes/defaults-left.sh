# task: capabilities
# hint: default
# after: 2
sed -i '/--cap-add/d' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
