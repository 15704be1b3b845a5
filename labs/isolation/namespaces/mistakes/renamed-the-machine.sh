# task: hostname
# hint: outside
# after: 4
hostname raft
