# A neighbour: it was here before the learner, and must be here afterwards.
# Its id is noted, because a name can be given to another.
docker run -d --name lighthouse busybox:1.37 sh -c 'trap exit TERM; while :; do echo "light on"; sleep 15 & wait $!; done' > /var/lib/lighthouse.id
