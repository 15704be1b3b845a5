# task: push
# hint: repository
# after: 0
# why: A name without a tag means latest.
docker build -q -t registry:5000/harbour/notices .
docker push -q registry:5000/harbour/notices
