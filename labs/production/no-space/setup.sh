# A machine with a small disk after three years of service: an old trial run, an old build, an archive, and a log that nobody limits.
docker run --name archive -v /books busybox:1.37 sh -c 'echo "2019;ropes;412" > /books/books-2019.csv; dd if=/dev/zero of=/books/scans bs=1M count=12' 2>/dev/null &
docker run --name trial busybox:1.37 dd if=/dev/zero of=/scratch bs=1M count=48 2>/dev/null &
printf 'FROM busybox:1.37\nRUN dd if=/dev/zero of=/packages bs=1M count=48\n' | docker build -q -t old-build - >/dev/null && docker rmi old-build >/dev/null &
sh start.sh
wait
# Three years of debug lines, in a moment: whatever is written to the main process's output is in its log. Some MB stay free, or the
# Engine could not even say how full the disk is.
log=$(docker inspect -f '{{.LogPath}}' gauge)
output=/proc/$(docker inspect -f '{{.State.Pid}}' gauge)/fd/1
line="debug: sample $(printf '%1000s' '' | tr ' ' '~')"
free() { df --output=avail -m / | tail -n 1; }
while [ "$(free)" -gt 4 ]; do
  (yes "$line" || :) 2>/dev/null | head -c "$((($(free) - 3) * 900))k" >"$output"
  echo >"$output"
  # The Engine writes it down a little later.
  until size=$(stat -c %s "$log") && sleep 0.4 && [ "$(($(stat -c %s "$log") - size))" -lt 2000 ]; do :; done
done
