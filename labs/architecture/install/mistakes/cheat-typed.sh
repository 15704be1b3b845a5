# task: root
# hint: really
# after: 3
docker run --name proof busybox:1.37 echo "$(cat /etc/harbour.key)"
