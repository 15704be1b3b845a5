# task: deaf
# hint: ask
# after: 3
# why: It hears SIGINT, and so it ends. Nobody who stops it sends that.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
docker start "$deaf"
until docker logs --since 5s "$deaf" 2>&1 | grep -q 'letter 1 '; do sleep 0.1; done
docker kill --signal INT "$deaf"
docker wait "$deaf"
docker start "$deaf"
