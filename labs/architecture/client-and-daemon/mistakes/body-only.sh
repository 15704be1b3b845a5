# task: ping
# hint: headers
# after: 0
curl -s --unix-socket /var/run/docker.sock http://localhost/_ping > ping.txt
