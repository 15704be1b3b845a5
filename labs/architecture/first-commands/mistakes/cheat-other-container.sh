# task: publish
# hint: replace
# after: 2
# why: Something answers on port 8080, but it is not web.
docker run -d --name other -p 8080:80 nginx:1.26
