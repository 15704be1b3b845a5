# task: images
# hint: plain
# after: 1
# why: The line from the last task, with another path.
curl -si --unix-socket /var/run/docker.sock http://localhost/images/json > images.json
