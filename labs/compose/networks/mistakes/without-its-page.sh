# task: closed
# hint: page
# after: 2
# why: Made anew in the right network, and without the file that it is to show.
docker rm -f shelf
docker run -d --init --name shelf --network shop busybox:1.37 httpd -f -p 9000 -h /var
