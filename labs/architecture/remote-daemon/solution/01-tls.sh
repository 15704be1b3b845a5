# node: node2
# why: hosts is the whole list of places to listen at, so the socket stands in it too. tlsverify makes the daemon ask each client for a certificate that this authority has signed.
sh certificates.sh node2
cat > /etc/docker/daemon.json <<JSON
{
  "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2376"],
  "tlsverify": true,
  "tlscacert": "$PWD/server/ca.pem",
  "tlscert": "$PWD/server/cert.pem",
  "tlskey": "$PWD/server/key.pem"
}
JSON
service docker restart
# The client's files wait here for node1 to fetch them, once.
setsid sh -c 'tar -c client | nc -lN 9000' >/dev/null 2>&1 </dev/null &
# Whoever asks before it listens is refused, and gets no archive.
until ss -ltn | grep -q ':9000 '; do sleep 0.1; done
