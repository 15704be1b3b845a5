# why: A context is an address and the keys to it, under a name. The client checks that the server is node2, the server that the client has a key: TLS in both directions.
nc -d node2 9000 | tar -x
docker context create node2 --docker "host=tcp://node2:2376,ca=client/ca.pem,cert=client/cert.pem,key=client/key.pem"
docker --context node2 info -f '{{.Name}}'
