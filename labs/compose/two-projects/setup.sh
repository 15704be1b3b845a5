# Two teams, two projects, each up and each for itself.
(cd stock && docker compose up -d)
(cd shop && docker compose up -d)
