# why: The log of the daemon names the setting that it does not accept: a comma too many, an option that does not exist, or one that is set twice. daemon.json is made right, and the option in /etc/default/docker goes, so that each setting has one place.
service docker start || tail -n 2 /var/log/docker.log
cat > /etc/docker/daemon.json <<'JSON'
{
  "log-driver": "json-file",
  "log-opts": { "max-size": "10m", "max-file": "3" }
}
JSON
[ ! -f /etc/default/docker ] || sed -i '/log-driver/d' /etc/default/docker
dockerd --validate --config-file /etc/docker/daemon.json
service docker start
