# why: It listened on 127.0.0.1, and a published port leads to the other interface of the container. The address is an argument of the program, so the container is made anew.
docker rm -f desk
docker run -d --name desk -p 8082:8000 desk:1 -p 8000
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8082
