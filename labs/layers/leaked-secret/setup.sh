# A depot that keeps only a digest of its tokens, and the image that was built here in March, with the token that is for sale now.
mkdir -p /var/lib/depot/www
printf 'berth,rate\n1,120\n2,95\n3,80\n' > /var/lib/depot/www/rates.csv
printf '/:ferry:%s\n' "$(openssl passwd -1 "$LAB_TOKEN")" > /var/lib/depot/httpd.conf
docker run -d --name depot -p 8081:80 -v /var/lib/depot:/depot:ro busybox:1.37 httpd -f -p 80 -h /depot/www -c /depot/httpd.conf
curl -sS -o /dev/null --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8081
echo "$LAB_TOKEN" > token.txt
docker build -q --add-host depot:host-gateway -t ferry:1.4 .
rm token.txt
docker builder prune -af >/dev/null
docker run -d --name ferry -p 8080:8000 ferry:1.4
