# task: publish
# hint: replace
# after: 2
# why: The second run is refused because the name is taken; the old container goes on without a port, the error scrolls away.
docker run -d --name web -p 8080:80 nginx:1.26 || docker run -d --name web2 nginx:1.26
