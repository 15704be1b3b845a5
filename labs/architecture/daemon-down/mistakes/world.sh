# task: ci
# hint: socket
# after: 2
chmod 666 /var/run/docker.sock
