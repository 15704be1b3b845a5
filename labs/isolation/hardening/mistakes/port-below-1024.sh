# task: capabilities
# hint: port
# after: 2
sed -i 's/--cap-add SYS_ADMIN --cap-add NET_ADMIN/--cap-drop ALL --cap-add NET_BIND_SERVICE/' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
