#!/bin/sh
# postgis_server.sh start|stop DIR: a PostgreSQL server of one's own below DIR, reached by a socket in DIR only, as a scratch server is set up for one job.
# postgres refuses to run as root: then it is user postgres, or else nobody. "start" prints the server's process number.
set -eu
what=$1 dir=$2
for bin in /usr/lib/postgresql/*/bin "$(dirname "$(command -v postgres || echo /)")"; do [ -x "$bin/initdb" ] && break; done
as=
if [ "$(id -u)" -eq 0 ]; then
  user=postgres
  id -u "$user" >/dev/null 2>&1 || user=nobody
  as="runuser -u $user --"
fi
cd "$dir"
case $what in
start)
  [ -z "$as" ] || chown "$user" "$dir"
  $as "$bin/initdb" -D "$dir/db" -U bench -A trust -E UTF8 --locale C >"$dir/initdb.log" 2>&1
  $as "$bin/pg_ctl" -D "$dir/db" -l "$dir/server.log" -w start -o "-c listen_addresses='' -c unix_socket_directories='$dir' \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c max_wal_size=8GB \
    -c shared_buffers=512MB -c work_mem=128MB -c maintenance_work_mem=256MB -c max_parallel_workers_per_gather=1 -c max_parallel_maintenance_workers=1 \
    -c jit=off -c random_page_cost=1.1" >"$dir/start.log" 2>&1
  "$bin/psql" -qX -h "$dir" -U bench -d postgres -c 'CREATE EXTENSION postgis' >/dev/null
  head -n 1 "$dir/db/postmaster.pid"
  ;;
stop) $as "$bin/pg_ctl" -D "$dir/db" -m immediate stop >/dev/null ;;
*) exit 2 ;;
esac
