# task: group
# hint: socket
# after: 2
# why: The first answer that one finds to "permission denied".
chmod 666 /var/run/docker.sock
