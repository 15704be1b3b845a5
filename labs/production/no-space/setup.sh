# A machine with a small disk after three years of service: an old trial run, an old build, an archive, and a log that nobody limits.
docker run --name archive -v /books busybox:1.37 sh -c 'echo "2019;ropes;412" > /books/books-2019.csv; dd if=/dev/zero of=/books/scans bs=1M count=12' 2>/dev/null &
docker run --name trial busybox:1.37 dd if=/dev/zero of=/scratch bs=1M count=48 2>/dev/null &
printf 'FROM busybox:1.37\nRUN dd if=/dev/zero of=/packages bs=1M count=48\n' | docker build -q -t old-build - >/dev/null && docker rmi old-build >/dev/null &
sh start.sh
wait
# Three years of debug lines, in a moment: whatever is written to the main process's output is in its log.
log=$(docker inspect -f '{{.State.Pid}}' gauge)
yes "debug: sample $(printf '%1000s' '' | tr ' ' '~')" | head -c 150m >"/proc/$log/fd/1" || :
until [ "$(df --output=avail -m / | tail -n 1)" -lt 1 ]; do sleep 0.2; done
