# task: note
# hint: removed
# after: 0
docker exec pad sh -c 'echo remember > /note.txt'
docker rm -f pad
docker run -d --name pad --init busybox:1.37 sleep 86400
