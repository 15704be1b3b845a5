# why: The pattern was the bare name, and a name filter matches anywhere in the name. What is meant are trial runs, so that is what it says now.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
echo '-trial-' > /etc/tidy.conf
docker start "$hunted"
