# The tide gauge: measures once a second, and talks about it. Somebody left it at debug level.
n=0
while :; do
  n=$((n + 1))
  echo "debug: sample $n"
  echo "gauge: level $((n % 40 + 180)) cm"
  sleep 1
done
