# task: repair
# hint: policy
# after: 1
docker update --restart no gate
docker stop -t 0 gate
