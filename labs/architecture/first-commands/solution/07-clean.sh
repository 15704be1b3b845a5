# why: rm removes the container together with its writable layer; your edited page goes with it. The image stays, for the next one.
docker rm hello web
