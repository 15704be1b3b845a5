# A fresh deployment, as the pipeline does it: the app loses its race a moment later.
docker compose up -d
