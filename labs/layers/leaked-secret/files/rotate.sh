#!/bin/sh
# Gives the ferry a new token at the depot, and takes the old one away. The new one is in token.txt.
set -e
cd "$(dirname "$0")"
umask 077
openssl rand -hex 24 > token.txt
printf '/:ferry:%s\n' "$(openssl passwd -1 "$(cat token.txt)")" > /var/lib/depot/httpd.conf
docker kill -s HUP depot >/dev/null
echo "The depot takes the token in token.txt, and no other."
