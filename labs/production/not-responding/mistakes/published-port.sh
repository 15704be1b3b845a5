# task: listens
# hint: outside
# after: 0
docker port desk | awk '{ print $3; exit }' > listens.txt
