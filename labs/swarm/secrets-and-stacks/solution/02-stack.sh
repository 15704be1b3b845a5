# why: The password is in a file of the container, in memory, and in no setting. The app comes as a config, so that it is on whatever node the task is. `$$` leaves the dollar to the shell in the container.
cat > stack.yaml <<END
services:
  web:
    image: python:3.13-slim-trixie
    command: python /app.py
    environment:
      STORE_PASSWORD_FILE: /run/secrets/store_password
    secrets: [store_password]
    configs:
      - source: app
        target: /app.py
    ports:
      - target: 8000
        published: $LAB_PORT
        mode: host
    deploy:
      endpoint_mode: dnsrr
  store:
    image: redis:8
    command: sh -c 'exec redis-server --requirepass "\$\$(cat /run/secrets/store_password)"'
    secrets: [store_password]
    deploy:
      endpoint_mode: dnsrr
secrets:
  store_password:
    external: true
configs:
  app:
    file: ./app.py
END
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker stack services --format '{{.Replicas}}' counter | sort -u | grep -qx 1/1 && [ "$(docker stack services --format '{{.Replicas}}' counter | sort -u | wc -l)" = 1 ]; do sleep 0.3; done
