# task: live
# hint: empty
# after: 0
docker run -d --name dev -p 8080:80 -v "$PWD/sites":/usr/share/nginx/html nginx:1.26
