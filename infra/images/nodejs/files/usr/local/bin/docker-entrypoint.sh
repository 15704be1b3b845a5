#!/bin/sh
# Runs the command; what is no command (an option, the name of a script) is for node.
set -e
case ${1:-} in
  -*) set -- node "$@" ;;
  *) command -v "${1:-node}" >/dev/null || set -- node "$@" ;;
esac
exec "$@"
