#!/bin/sh
# Makes the container of this lab anew.
docker rm -f beacon >/dev/null 2>&1
docker run -d --name beacon busybox:1.37 sh -c 'httpd -f -p 80 & wait'
