# task: cable
# why: As Docker does it: the outer end is plugged into a bridge, and the bridge has the address.
raft=$(pgrep -x sleep)
ip link add harbour type bridge
ip addr add 10.77.0.1/24 dev harbour
ip link set harbour up
ip link add outer master harbour type veth peer name eth0 netns "$raft"
ip link set outer up
nsenter -t "$raft" --net sh -c 'ip addr add 10.77.0.2/24 dev eth0; ip link set eth0 up'
