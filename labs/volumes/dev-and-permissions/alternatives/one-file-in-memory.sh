# task: secret
# why: The memory is the host's: one file of its /run, and only that file in the container.
mkdir -m 700 /run/vault
echo "$LAB_TOKEN" > /run/vault/token
docker run -d --name vault --init --read-only -v /run/vault/token:/vault/token:ro busybox:1.37 sleep infinity
