# task: deployed
# hint: old
# after: 2
# why: A restart takes the containers as they are, with the settings that they were made with.
docker compose restart -t 2
