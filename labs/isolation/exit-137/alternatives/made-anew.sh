# task: deaf
# why: Python hears SIGINT by itself. And run.sh starts it again as another container.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
sh run.sh "$deaf" --stop-signal INT
until docker logs "$deaf" 2>&1 | grep -q letter; do sleep 0.1; done
docker stop "$deaf"
docker inspect -f '{{.State.ExitCode}}' "$deaf"
sh run.sh "$deaf" --stop-signal INT
