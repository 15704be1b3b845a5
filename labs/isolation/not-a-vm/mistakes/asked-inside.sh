# task: outside
# hint: inside
# after: 0
docker exec beacon ps | awk '/wait/ { print $1; exit }' > pid.txt
