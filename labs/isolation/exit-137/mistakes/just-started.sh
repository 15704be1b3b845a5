# task: hunted
# hint: pattern
# after: 2
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
docker start "$hunted"
