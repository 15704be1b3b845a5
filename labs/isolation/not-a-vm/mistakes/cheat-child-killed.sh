# task: end
# hint: child
# after: 2
kill -KILL "$(pgrep -x httpd)"
docker wait beacon
