# task: owner
# hint: uid
# after: 2
# why: The other answer to "permission denied".
chmod 777 out
docker run --name report --user 1000 -v "$PWD/report.sh":/report.sh:ro -v "$PWD/out":/out busybox:1.37 sh /report.sh
