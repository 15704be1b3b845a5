# task: cap-pids
# hint: idle
# after: 4
# why: A limit on something that needs none.
docker rm -f spawner
docker run -d --name spawner --pids-limit 32 busybox:1.37 sleep infinity
