# task: outside
# hint: shim
# after: 0
docker top beacon | awk 'NR == 2 { print $3 }' > pid.txt
