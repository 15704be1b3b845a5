# why: Create and start are two requests; docker run sends both. The answer to this one is 204: done, nothing to tell.
curl -s -X POST --unix-socket /var/run/docker.sock http://localhost/containers/tally/start
