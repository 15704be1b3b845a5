# task: shop
# hint: store
# after: 3
# why: Turned off and on again, under the wrong name.
docker rename store warehouse
docker restart -t 0 warehouse
