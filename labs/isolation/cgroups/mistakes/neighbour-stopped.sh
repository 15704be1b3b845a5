# task: front
# hint: neighbour
# after: 0
# why: Making room by stopping what does no harm.
docker stop front
