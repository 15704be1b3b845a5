# task: deaf
# hint: signal
# after: 3
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
sh run.sh "$deaf" --stop-signal KILL
docker stop "$deaf"
docker start "$deaf"
