# task: shop
# hint: networks
# after: 3
# why: Put the store where the shop is; but on the default bridge nobody has a name.
docker network connect bridge store
