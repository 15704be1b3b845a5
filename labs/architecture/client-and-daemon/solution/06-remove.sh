# why: DELETE takes away settings, log and writable layer. What docker rm does is this request and nothing more.
curl -s -X DELETE --unix-socket /var/run/docker.sock http://localhost/containers/tally
