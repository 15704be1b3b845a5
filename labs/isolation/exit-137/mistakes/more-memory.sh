# task: leak
# hint: bigger
# after: 1
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
docker update --memory 256m --memory-swap 256m "$leaky"
docker start "$leaky"
