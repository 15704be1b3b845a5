# task: repair
# hint: stand-in
# after: 1
docker rm -f gate
docker run -d --name gate -p "$LAB_PORT:8000" busybox:1.37 sh -c 'mkdir /www; echo "gate north: closed, 412 openings so far" > /www/index.html; exec httpd -f -h /www -p 8000'
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
