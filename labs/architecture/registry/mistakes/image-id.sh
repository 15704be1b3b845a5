# task: digest
# hint: image-id
# after: 1
docker inspect -f '{{.Id}}' registry:5000/harbour/notices:stable > digest.txt
