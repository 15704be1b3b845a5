# task: owner
# hint: root
# after: 2
docker run --name report -v "$PWD/report.sh":/report.sh:ro -v "$PWD/out":/out busybox:1.37 sh /report.sh
