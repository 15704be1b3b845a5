# task: answer
# hint: same
# after: 1
docker rm -f desk
docker run -d --name desk -p "$LAB_PORT:80" busybox:1.37 sh -c 'mkdir /www; echo "The desk is open." > /www/index.html; exec httpd -f -h /www'
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
