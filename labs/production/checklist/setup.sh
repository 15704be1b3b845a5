# The service as it was handed over: with its token in .env, and a repository that somebody began.
echo "API_TOKEN=$LAB_TOKEN" >.env
git init -q . && git -c user.name=harbour -c user.email=harbour@localhost commit -q --allow-empty -m 'It works'
docker compose up -d --build --quiet-pull
curl -sS -o /dev/null --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
