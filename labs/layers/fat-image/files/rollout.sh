#!/bin/bash
# bash rollout.sh IMAGE: brings an image of registry:5000 to three fresh nodes, one after the other, as a rolling update does.
# Each node fetches what a docker pull would, over a link with 3 MB a second. All three have to be ready within the deadline.
deadline=9
name=${1:?which image? for example registry:5000/harbour/charts:2}
name=${name#registry:5000/}
registry=http://registry:5000/v2/${name%:*}
kinds='application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json'
manifest=$(curl -fsS -H "Accept: $kinds" "$registry/manifests/${name##*:}") || exit 1
began=$(date +%s%N)
for node in 1 2 3; do
  disk=$(mktemp -d)
  for layer in $(jq -r '.layers[].digest' <<< "$manifest"); do
    timeout $deadline curl -fsS --limit-rate 3M -o "$disk/layer" "$registry/blobs/$layer"
  done
  rm -r "$disk"
  after=$(( ($(date +%s%N) - began) / 100000000 ))
  echo "node $node has all layers after $((after / 10)).$((after % 10)) s"
  if [ $after -gt $((deadline * 10)) ]; then
    echo "deadline of $deadline s passed: rollout stopped, rolled back"
    exit 1
  fi
done
echo 'rollout complete'
