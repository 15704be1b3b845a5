# task: push
# hint: local
# after: 0
docker build -q -t registry:5000/harbour/notices:stable .
