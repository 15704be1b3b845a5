# task: stop
# hint: gently
# after: 5
docker kill web
