# why: With --init a small init is process 1 and passes SIGTERM on to the program, which as an ordinary process dies of it: 128 + 15 is 143.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
sh run.sh "$deaf" --init
docker stop "$deaf"
docker inspect -f '{{.State.ExitCode}}' "$deaf"
docker start "$deaf"
