# task: small
# hint: stages
# after: 0
docker tag debian:13-slim beacon
