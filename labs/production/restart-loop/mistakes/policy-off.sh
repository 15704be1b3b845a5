# task: repair
# hint: policy
# after: 1
until docker update --restart no gate; do :; done
docker stop -t 0 gate
