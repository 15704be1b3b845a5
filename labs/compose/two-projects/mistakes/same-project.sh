# task: twice
# hint: project
# after: 2
cd shop && PORT=8081 docker compose up -d -t 1
