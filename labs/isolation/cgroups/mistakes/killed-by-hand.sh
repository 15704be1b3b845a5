# task: see-oom
# hint: who
# after: 1
docker kill ledger
