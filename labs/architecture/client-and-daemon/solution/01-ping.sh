# why: The daemon is a web server on a socket file. The host name in the address means nothing; the path does, and the headers tell you which API it speaks.
curl -si --unix-socket /var/run/docker.sock http://localhost/_ping > ping.txt
cat ping.txt
