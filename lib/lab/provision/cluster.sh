#!/bin/bash
# Makes and starts the cluster "main" on the source, the way that the servers of the plan have theirs: checksums, UTF-8,
# TLS, SCRAM, and postgres as peer over the local socket. Run as root.
# Usage: cluster.sh MAJOR ADDRESS NETWORK   (TLS files: /etc/ssl/lab)
set -Eeuo pipefail

major=$1 address=$2 network=$3
configuration=/etc/postgresql/$major/main

chown postgres:postgres /var/lib/postgresql
chmod 0755 /var/lib/postgresql
pg_createcluster "$major" main --locale C.UTF-8 --encoding UTF8 -- --data-checksums >/dev/null

install -d /etc/ssl/lab
chown postgres:postgres /etc/ssl/lab/server.key
chmod 0600 /etc/ssl/lab/server.key

# Not every root's createcluster.conf asks for this folder.
install -d -o postgres -g postgres "$configuration/conf.d"
grep -q "^include_dir = 'conf.d'" "$configuration/postgresql.conf" ||
  echo "include_dir = 'conf.d'" >>"$configuration/postgresql.conf"

cat >"$configuration/conf.d/lab.conf" <<CONF
listen_addresses = 'localhost,$address'
max_connections = 60
shared_buffers = 512MB
max_wal_size = 1GB
max_worker_processes = 24
password_encryption = 'scram-sha-256'
ssl = on
ssl_ca_file = '/etc/ssl/lab/ca.crt'
ssl_cert_file = '/etc/ssl/lab/server.crt'
ssl_key_file = '/etc/ssl/lab/server.key'
shared_preload_libraries = 'timescaledb'
timescaledb.max_background_workers = 16
timescaledb.telemetry_level = off
CONF
echo "hostssl all all $network scram-sha-256" >>"$configuration/pg_hba.conf"

systemctl daemon-reload
systemctl start "postgresql@$major-main"
