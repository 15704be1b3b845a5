# Three clerks, three ends, one number. Whose is whose varies; nothing that stays behind says so in plain words.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
echo 'LETTERS=all' >"$leaky.env"
for name in "$hunted" "$deaf"; do printf 'LETTERS=all\nKEEP=3\n' >"$name.env"; done
for name in press sorter stamper; do sh run.sh "$name" & done
wait
docker wait "$leaky"
docker stop -t 1 "$deaf"
# What ends trial runs on this machine, every few seconds: its pattern is wider than it was meant.
cat >/etc/tidy.conf <<CONF
# Containers whose name matches this are trial runs and are ended. Read anew each time.
$hunted
CONF
cat >/usr/local/sbin/tidy <<'TIDY'
#!/bin/sh
# Ends the trial runs that people forget (a clerk's name, then -trial-3 and the like): what matches the pattern in /etc/tidy.conf.
while :; do
  pattern=$(grep -v '^#' /etc/tidy.conf | head -n 1)
  [ -z "$pattern" ] || docker ps -q --filter "name=$pattern" | xargs -r docker kill >/dev/null 2>&1
  sleep 5
done
TIDY
chmod +x /usr/local/sbin/tidy
env -u LAB_ROLES -u LAB_SEED setsid sh /usr/local/sbin/tidy >/dev/null 2>&1 </dev/null &
docker wait "$hunted"
