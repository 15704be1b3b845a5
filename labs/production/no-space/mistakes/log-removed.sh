# task: till
# hint: emptied
# after: 0
# why: The name is gone; the Engine has the file open, and its blocks stay.
rm "$(docker inspect -f '{{.LogPath}}' gauge)"
