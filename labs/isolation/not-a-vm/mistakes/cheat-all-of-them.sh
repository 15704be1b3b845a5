# task: outside
# hint: ask
# after: 0
# why: One of these will be right.
ps -eo pid= > pid.txt
