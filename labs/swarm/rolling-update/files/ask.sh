#!/bin/bash
# bash ask.sh URL SECONDS: asks some times a second, and says at the end how many answers there were, of which version, and how often there was none.
url=${1:?which address?}
end=$((SECONDS + ${2:-20}))
while [ $SECONDS -lt $end ]; do
  curl -fs -m 3 "$url" || echo 'no answer'
  sleep 0.1
done | sed 's/:.*//' | sort | uniq -c
