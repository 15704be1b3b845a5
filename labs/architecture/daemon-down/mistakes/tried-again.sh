# task: engine
# hint: log
# after: 0
service docker start || true
service docker start || true
