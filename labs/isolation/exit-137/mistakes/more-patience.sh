# task: deaf
# hint: longer
# after: 3
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
sh run.sh "$deaf" --stop-timeout 2
docker stop "$deaf"
docker start "$deaf"
