# task: cause
# hint: word
# after: 0
echo network name port localhost > cause.txt
