#!/bin/bash
# Starts PostgreSQL; makes the database first when the data folder is empty. Settings come from the environment, each also as NAME_FILE with the path of a file.
set -euo pipefail

say() { printf 'docker-entrypoint: %s\n' "$*"; }
fail() {
  printf 'docker-entrypoint: %s\n' "$@" >&2
  exit 1
}

# setting NAME [DEFAULT]: takes NAME, or what is in the file that NAME_FILE names.
setting() {
  local name=$1 file="${1}_FILE" value=${2:-}
  if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then fail "$name and $file are both set: keep one of them."; fi
  if [ -n "${!name:-}" ]; then value=${!name}; fi
  if [ -n "${!file:-}" ]; then
    [ -r "${!file}" ] || fail "$file names ${!file}, which cannot be read."
    value=$(<"${!file}")
  fi
  printf -v "$name" '%s' "$value"
  export "${name?}"
  unset "$file"
}

folders() {
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA" 2>/dev/null || :
  if [ "$(id -u)" = 0 ]; then
    find "$PGDATA" /var/run/postgresql ! -user postgres -exec chown postgres:postgres '{}' +
  fi
  chmod 2775 /var/run/postgresql 2>/dev/null || :
}

create_database() {
  local method=${POSTGRES_HOST_AUTH_METHOD:-}
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$method" != trust ]; then
    fail 'The database is new and has no password for its superuser.' \
      'Set one with -e POSTGRES_PASSWORD=… (or POSTGRES_PASSWORD_FILE).' \
      'POSTGRES_HOST_AUTH_METHOD=trust lets everybody in without a password: for experiments alone.'
  fi
  [ "$method" != trust ] || say 'WARNING: POSTGRES_HOST_AUTH_METHOD=trust: whoever reaches this port is let in.' >&2
  local more=()
  [ -z "$POSTGRES_INITDB_ARGS" ] || eval "more=($POSTGRES_INITDB_ARGS)"
  # The server checks that a password file has one line; a user without a password gets none.
  if [ -n "$POSTGRES_PASSWORD" ]; then more+=(--pwfile=/dev/stdin); fi
  initdb --username="$POSTGRES_USER" --auth=trust "${more[@]}" <<<"$POSTGRES_PASSWORD"
  [ -n "$method" ] || method=$(postgres -C password_encryption)
  printf '\n# Everybody else, from other containers.\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
}

# Runs while nobody else can connect: no TCP, only the socket.
first_steps() {
  PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -w start -o "-c listen_addresses='' -p ${PGPORT:-5432} ${options[*]@Q}"
  export PGHOST=/var/run/postgresql PGUSER=$POSTGRES_USER PGPASSWORD=$POSTGRES_PASSWORD
  if [ "$POSTGRES_DB" != postgres ]; then
    psql -v ON_ERROR_STOP=1 --no-psqlrc -d postgres -v db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
  fi
  export PGDATABASE=$POSTGRES_DB
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh)
        if [ -x "$file" ]; then
          say "running $file"
          "$file"
        else
          say "reading $file"
          . "$file"
        fi
        ;;
      *.sql) say "running $file" && query -f "$file" ;;
      *.sql.gz) say "running $file" && gunzip -c "$file" | query ;;
      *.sql.xz) say "running $file" && xz -dc "$file" | query ;;
      */\*) ;;
      *) say "leaving out $file: neither .sh nor .sql" ;;
    esac
  done
  unset PGHOST PGUSER PGPASSWORD PGDATABASE
  pg_ctl -D "$PGDATA" -m fast -w stop
  say 'PostgreSQL init process complete; ready for start up.'
}
query() { psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"; }

case ${1:-postgres} in -*) set -- postgres "$@" ;; esac
[ "${1:-}" = postgres ] || exec "$@"
for word in "$@"; do
  case $word in -\? | --help | --describe-config | -V | --version | -C) exec setpriv --reuid=postgres --regid=postgres --init-groups "$@" ;; esac
done

folders
if [ "$(id -u)" = 0 ]; then
  export HOME=/var/lib/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ -s "$PGDATA/PG_VERSION" ]; then
  say "found a database in $PGDATA: it is used as it is"
else
  setting POSTGRES_PASSWORD
  setting POSTGRES_USER postgres
  setting POSTGRES_DB "$POSTGRES_USER"
  setting POSTGRES_INITDB_ARGS
  options=("${@:2}")
  create_database
  first_steps
fi
exec "$@"
