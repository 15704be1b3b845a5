# task: logs
# hint: which
# after: 4
curl -s --unix-socket /var/run/docker.sock http://localhost/containers/tally/logs > tally.log
