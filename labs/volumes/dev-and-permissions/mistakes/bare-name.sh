# task: live
# hint: bind
# after: 0
# why: Without a slash, site is the name of a volume.
docker run -d --name dev -p 8080:80 -v site:/usr/share/nginx/html nginx:1.26
