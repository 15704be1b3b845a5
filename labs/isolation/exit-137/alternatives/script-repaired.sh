# task: hunted
# why: The pattern stays a name, and the script is told what a trial run is; with \d, as Docker's filter understands it.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
pkill -f '^sh /usr/local/sbin/tidy'
sed -i 's/"name=$pattern"/"name=^${pattern}-trial-\\d+$"/' /usr/local/sbin/tidy
grep 'trial-\\d' /usr/local/sbin/tidy
setsid sh /usr/local/sbin/tidy >/dev/null 2>&1 </dev/null &
docker start "$hunted"
