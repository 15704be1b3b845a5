# task: pinned
# node: node2
# why: A tag may stand before the digest, for people to read; the digest decides. It was asked from the registry.
digest=$(curl -sSI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' \
  http://registry:5000/v2/harbour/notices/manifests/edition-1 | tr -d '\r' | sed -n 's/^docker-content-digest: //Ip')
docker run -d --name notices -p 8080:80 "registry:5000/harbour/notices:stable@$digest"
curl -sS --retry 5 --retry-all-errors http://localhost:8080
