# task: readonly
# why: All of it in a file of another kind, and the flag in its other spelling.
docker rm -f kiosk
cat > compose.yaml <<'END'
services:
  kiosk:
    container_name: kiosk
    image: python:3.13-slim-trixie
    command: python /kiosk.py
    user: '4711'
    read_only: true
    cap_drop: [ALL]
    security_opt: ['no-new-privileges:true']
    ports: ['127.0.0.1:8080:80']
    volumes:
      - data:/data
      - ./kiosk.py:/kiosk.py:ro
      - type: tmpfs
        target: /tmp
volumes:
  data:
    external: true
    name: kiosk-data
END
docker run --rm -v kiosk-data:/data busybox:1.37 chmod -R a+rwX /data
docker compose up -d
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
