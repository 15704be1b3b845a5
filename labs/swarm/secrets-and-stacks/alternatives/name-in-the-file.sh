# task: stack
# why: The stack calls the secret by a name of its own, and hands it to the store over its input instead of its command.
cat > stack.yaml <<END
services:
  web:
    image: python:3.13-slim-trixie
    command: python /app.py
    environment:
      STORE_PASSWORD_FILE: /run/secrets/password
    secrets: [password]
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
    command: sh -c 'echo requirepass "\$\$(cat /run/secrets/password)" | redis-server -'
    secrets: [password]
    deploy:
      endpoint_mode: dnsrr
secrets:
  password:
    name: store_password
    external: true
configs:
  app:
    file: ./app.py
END
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until [ "$(docker stack services --format '{{.Replicas}}' counter | sort -u)" = 1/1 ]; do sleep 0.3; done
