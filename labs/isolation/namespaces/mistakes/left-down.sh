# task: cable
# hint: up
# after: 5
raft=$(pgrep -x sleep)
ip link add raft0 type veth peer name raft1
ip link set raft1 netns "$raft"
ip addr add 10.77.0.1/24 dev raft0
nsenter -t "$raft" --net ip addr add 10.77.0.2/24 dev raft1
