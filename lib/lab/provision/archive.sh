#!/bin/bash
# Lets the cluster "main" of the source archive into the repository, as the plan's old server does, and makes a full backup.
# Run as root; standard input is pgbackrest.conf, which holds the passphrase.
# Usage: archive.sh MAJOR STANZA
set -Eeuo pipefail

major=$1 stanza=$2
umask 027
cat >/etc/pgbackrest.conf
chown root:postgres /etc/pgbackrest.conf
install -d -m 0770 -o postgres -g postgres /var/log/pgbackrest /var/spool/pgbackrest

as_stanza() {
  runuser -u postgres -- pgbackrest --stanza="$stanza" --log-level-console=warn "$@"
}

as_stanza --no-online stanza-create
cat >"/etc/postgresql/$major/main/conf.d/archiving.conf" <<CONF
archive_mode = on
archive_command = 'pgbackrest --stanza=$stanza archive-push "%p"'
CONF
chmod 0644 "/etc/postgresql/$major/main/conf.d/archiving.conf"
systemctl restart "postgresql@$major-main"
as_stanza --type=full backup
