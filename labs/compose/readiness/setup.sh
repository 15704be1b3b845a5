# A fresh deployment, as the pipeline does it, and what is left of it.
docker compose up -d
docker compose wait app || true
