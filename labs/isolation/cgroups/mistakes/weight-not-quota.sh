# task: cap-cpu
# hint: weight
# after: 3
docker update --cpu-shares 256 cruncher
