# task: stack
# hint: open
# after: 1
# why: A service that has the secret, and reads the password from where everybody can.
echo "requirepass $LAB_PASSWORD" > redis.conf
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
    command: redis-server /redis.conf
    secrets: [store_password]
    configs:
      - source: redis
        target: /redis.conf
    deploy:
      endpoint_mode: dnsrr
secrets:
  store_password:
    external: true
configs:
  app:
    file: ./app.py
  redis:
    file: ./redis.conf
END
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
until docker stack services --format '{{.Replicas}}' counter | sort -u | tr '\n' ' ' | grep -qx '1/1 '; do sleep 0.3; done
