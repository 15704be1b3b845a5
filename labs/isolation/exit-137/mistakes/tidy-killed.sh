# task: hunted
# hint: tidy
# after: 2
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
pkill -f /usr/local/sbin/tidy
docker start "$hunted"
