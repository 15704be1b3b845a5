# Three months in a moment: the image of March, made on python:3 as it was; the move of the tag; the nightly image of today, which dies.
registry=http://registry:5000/v2/library/python
type=application/vnd.oci.image.manifest.v1+json
manifest() { curl -fsS -H "Accept: $type" "$registry/manifests/$1"; }
tag() { manifest "$1" | curl -fsS -o /dev/null -X PUT -H "Content-Type: $type" --data-binary @- "$registry/manifests/$2"; }
# make PYTHON NAME AGE: what the Dockerfile makes, as one layer on python:3, put together by hand. Two builds take longer than anybody waits for a lab.
make() {
  rm -rf /tmp/make && mkdir -p /tmp/make/root/app "/tmp/make/root/usr/local/lib/$1"
  cp app.py requirements.txt /tmp/make/root/app
  cp -r /tmp/packages "/tmp/make/root/usr/local/lib/$1/dist-packages"
  tar -cf /tmp/make/layer.tar -C /tmp/make/root .
  curl -fsS "$registry/blobs/$(manifest 3 | jq -r .config.digest)" | jq -c --arg layer "sha256:$(sha256sum < /tmp/make/layer.tar | cut -d' ' -f1)" --arg made "$(date -u -d "$3 ago" +%FT%TZ)" '
    .rootfs.diff_ids += [$layer] | .created = $made | .history += [{created_by: "nightly build", created: $made}]
    | .config += {WorkingDir: "/app", ExposedPorts: {"8000/tcp": {}}, Cmd: ["python", "app.py"]}' > /tmp/make/config.json
  jq -c --arg name "$2" '[{Config: "config.json", RepoTags: [$name], Layers: ((.rootfs.diff_ids[:-1] | map("shared")) + ["layer.tar"])}]' /tmp/make/config.json > /tmp/make/manifest.json
  tar -c -C /tmp/make config.json manifest.json layer.tar | docker load -q
}
mkdir /tmp/packages
docker run --rm -v "$PWD/wheels:/wheels:ro" -v /tmp/packages:/to -w /to busybox:1.37 sh -c 'for w in /wheels/*.whl; do unzip -q -o "$w"; done'
tag 3.11-slim-bookworm 3
docker pull -q python:3
make python3.11 pilots:1 '3 months'
tag 3.13-slim-trixie 3
docker pull -q python:3
make python3.13 pilots:2 '7 hours'
rm -r /tmp/make /tmp/packages
docker run -d --name pilots -p 8080:8000 pilots:2
docker wait pilots
