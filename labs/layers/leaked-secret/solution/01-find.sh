# why: docker save writes an archive with one archive a layer. The file that the last layer hides is still in the one where it was copied.
mkdir -p /tmp/layers
docker save ferry:1.4 | tar -x -C /tmp/layers
for layer in /tmp/layers/blobs/sha256/*; do tar -xOf "$layer" tmp/token.txt 2>/dev/null || true; done > leak.txt
rm -r /tmp/layers
