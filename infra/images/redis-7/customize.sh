# Runs inside the new root file system: a container has its settings from the command line or a file of its own.
rm -rf /etc/redis /var/lib/redis /var/log/redis
mkdir -p /data
chown redis:redis /data
