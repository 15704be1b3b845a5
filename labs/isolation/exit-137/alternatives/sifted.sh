# task: hunted
# why: The pattern stays as wide as it was, and what it finds is sifted by name before it is killed.
IFS=- read -r leaky hunted deaf <<< "$LAB_ROLES"
sed -i "s/docker ps -q --filter \"name=\$pattern\" |/docker ps --format '{{.Names}}' --filter \"name=\$pattern\" | grep -e '-trial-' |/" /usr/local/sbin/tidy
grep -q 'grep -e' /usr/local/sbin/tidy
pkill -f '^sh /usr/local/sbin/tidy'
setsid sh /usr/local/sbin/tidy >/dev/null 2>&1 </dev/null &
docker start "$hunted"
