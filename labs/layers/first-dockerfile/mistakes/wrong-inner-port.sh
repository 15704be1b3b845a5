# task: serve
# hint: publish
# after: 1
docker run -d --name logbook -p 8080:80 logbook
