# task: stack
# hint: visible
# after: 1
# why: The password from .env, through the shell, ends up in the service.
set -a; . ./.env; set +a
sed "s/8000:8000/$LAB_PORT:8000/" compose.yaml > stack.yaml
docker stack deploy --detach=true --resolve-image never -c stack.yaml counter
