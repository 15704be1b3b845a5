#!/bin/sh
# Starts the Redis server as its own user, reachable from other containers; runs any other command as it is.
set -e
case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac
if [ "${1:-}" = redis-server ]; then
  umask 0077
  if [ "$(id -u)" = 0 ]; then
    find . ! -user redis -exec chown redis:redis '{}' +
    exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
  fi
  # Redis answers only its own host unless told otherwise. In a container the network decides who comes in,
  # so this is the default here; a configuration file or an option that says something else wins.
  shift
  file=
  case ${1:-} in '' | -*) ;; *) file=$1 && shift ;; esac
  [ -n "$file" ] && grep -qi '^[[:space:]]*protected-mode' "$file" || set -- --protected-mode no "$@"
  exec redis-server ${file:+"$file"} "$@"
fi
exec "$@"
