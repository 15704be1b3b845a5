# task: remove
# hint: verb
# after: 5
# why: Ending is not removing, and what has ended cannot be ended.
curl -s -X POST --unix-socket /var/run/docker.sock http://localhost/containers/tally/stop
curl -s --unix-socket /var/run/docker.sock http://localhost/containers/tally > answer.json
