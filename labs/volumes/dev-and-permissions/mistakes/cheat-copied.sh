# task: live
# hint: copied
# after: 0
# why: It shows the same page, for today.
printf 'FROM nginx:1.26\nCOPY site /usr/share/nginx/html\n' | docker build -q -t studio -f - .
docker run -d --name dev -p 8080:80 studio
