# task: room
# hint: trials
# after: 2
docker builder prune -af
