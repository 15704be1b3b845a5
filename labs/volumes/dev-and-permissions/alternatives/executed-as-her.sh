# task: owner
# why: The container is root's, what runs in it is hers; and it was stopped when all was done.
docker run -d --name report -v "$PWD/report.sh":/report.sh:ro -v "$PWD/out":/out busybox:1.37 sleep 600
docker exec --user "$LAB_UID" report sh /report.sh
docker stop -t 0 report
