# task: healthy
# why: The check is a script in the image: what it asks cannot be seen from its name.
printf '#!/bin/sh\nexec python app.py --ping\n' > check
sed -i 's/^USER/COPY --chmod=755 check \/usr\/local\/bin\/check\nUSER/; s/^ENTRYPOINT/HEALTHCHECK --interval=1s CMD check\nENTRYPOINT/' Dockerfile
docker build -t logbook .
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 logbook
until [ "$(docker inspect -f '{{.State.Health.Status}}' logbook)" = healthy ]; do sleep 0.2; done
