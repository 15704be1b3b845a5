#!/bin/sh
# Makes a certificate authority and two pairs that it has signed: server/ for the daemon of this machine, client/ for whoever may use it.
# usage: sh certificates.sh NAME-OF-THIS-MACHINE
set -e
name=${1:?say the name under which clients will call this machine, for example node2}
umask 077
mkdir -p server client
key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $key -days 365 -subj "/CN=authority of $name" -keyout authority.key -out server/ca.pem 2>/dev/null
cp server/ca.pem client/ca.pem
for one in server client; do
  openssl req $key -subj "/CN=$name $one" -keyout $one/key.pem -out $one.csr 2>/dev/null
  { echo "extendedKeyUsage = ${one}Auth"; [ $one = client ] || echo "subjectAltName = DNS:$name"; } > $one.ext
  openssl x509 -req -in $one.csr -days 365 -CA server/ca.pem -CAkey authority.key -CAcreateserial -extfile $one.ext -out $one/cert.pem 2>/dev/null
  rm $one.csr $one.ext
done
rm -f server/ca.srl
echo "made: server/ and client/, each with ca.pem, cert.pem and key.pem, for a daemon called $name"
