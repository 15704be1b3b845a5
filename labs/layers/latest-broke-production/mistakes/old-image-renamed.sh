# task: deploy
# hint: replace
# after: 3
docker build --pull -t pilots:3 .
docker restart -t 2 pilots
