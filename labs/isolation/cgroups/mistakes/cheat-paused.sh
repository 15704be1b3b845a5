# task: cap-cpu
# hint: working
# after: 3
docker update --cpus 0.25 cruncher
docker pause cruncher
