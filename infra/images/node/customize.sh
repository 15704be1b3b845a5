# Runs inside the new root file system.
echo 'LANG=C.UTF-8' > /etc/default/locale
update-alternatives --set editor /bin/nano >/dev/null
# compose and buildx are plugins of the docker command; engines in a node have a group for their socket
getent group docker >/dev/null || groupadd --system docker
# what a node never runs
rm -rf /etc/cron* /usr/share/git-core/templates/hooks
mkdir -p /golden /node
# every node makes keys of its own
rm -f /etc/ssh/ssh_host_*
