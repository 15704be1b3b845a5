# why: A veth pair is a cable. One end is moved into the network namespace; each end gets an address and is switched on. Docker does the same, and plugs the outer end into a bridge.
raft=$(pgrep -x sleep)
ip link add raft0 type veth peer name raft1
ip link set raft1 netns "$raft"
ip addr add 10.77.0.1/24 dev raft0
ip link set raft0 up
nsenter -t "$raft" --net sh -c "ip addr add 10.77.0.2/24 dev raft1; ip link set raft1 up; ip link set lo up"
