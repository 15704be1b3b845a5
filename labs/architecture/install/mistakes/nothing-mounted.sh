# task: root
# hint: mount
# after: 3
# why: The /etc in the container is that of the image.
su - mira -c 'docker run --name proof busybox:1.37 cat /etc/harbour.key' || true
