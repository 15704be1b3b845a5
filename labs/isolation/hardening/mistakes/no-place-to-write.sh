# task: readonly
# hint: tmp
# after: 5
sed -i 's/--cap-drop ALL/--cap-drop ALL --read-only/' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
