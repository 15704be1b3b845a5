# task: owner
# hint: by-hand
# after: 2
docker run --name report -v "$PWD/report.sh":/report.sh:ro -v "$PWD/out":/out busybox:1.37 sh /report.sh
chown mira:mira out/report.txt
