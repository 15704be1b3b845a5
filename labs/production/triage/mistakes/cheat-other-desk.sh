# task: desk
# hint: same
# after: 1
docker rm -f desk
docker run -d --name desk -p 8082:80 busybox:1.37 sh -c "mkdir /www; echo The desk is open. > /www/index.html; exec httpd -f -h /www"
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8082
