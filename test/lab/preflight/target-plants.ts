import type { TargetLab } from "./target-lab";

/* What is planted on the target's host, by the state in which its server has to be for it. */

const state = "/var/lib/timescale-cutover";
const configuration = "/etc/postgresql/*/main";

/**
 * Beside a server that goes on running. Containers share this machine's clock, so a `date` that is ten minutes ahead
 * stands in for a clock that is.
 */
export async function plantWhileItRuns(lab: TargetLab): Promise<void> {
  await lab.sql(
    "postgres",
    `
    CREATE DATABASE tracker;
    CREATE DATABASE neighbour;
    SELECT pg_create_physical_replication_slot('forgotten', true);
    ALTER SYSTEM SET fsync = off;
    ALTER SYSTEM SET maintenance_work_mem = '64GB';
    ALTER SYSTEM SET max_connections = 90;
    ALTER SYSTEM SET max_prepared_transactions = 5;
    ALTER SYSTEM SET shared_preload_libraries = 'auto_explain';
    SELECT pg_reload_conf();
    `,
  );
  const execution = await lab.startAutomation();
  await lab.bash(`
    cp ${state}/boot.json ${state}/boot.json.kept
    jq '. + {status: "failed", step: "cluster", code: "cluster-not-started", message: "It did not start.", remedy: "Mend it."}' \
      ${state}/boot.json.kept >${state}/boot.json
    systemctl disable --quiet var-lib-postgresql.mount
    mv /usr/bin/sha256sum /usr/bin/sha256sum.away
    mount -t tmpfs -o size=300m,nr_inodes=10 tmpfs /var/log/pgbackrest
    touch /var/log/pgbackrest/{1..9}
    printf '%s\n' '#!/bin/bash' 'if [ "$*" = +%s%3N ]; then exec /usr/bin/date --date="10 minutes" "$@"; fi' \
      'exec /usr/bin/date "$@"' >/usr/local/bin/date
    chmod 0755 /usr/local/bin/date
    echo 'r20260101-000000-held ${execution}' >${state}/lock
    systemd-run --quiet --collect --unit=timescale-cutover-r20260101-000000-gone-dump sleep 3600
    install -d /var/lib/postgresql/cutover-dump/r20260101-000000-gone
    head -c 5M /dev/zero >/var/lib/postgresql/cutover-dump/r20260101-000000-gone/toc.dat
    for folder in ${configuration}; do echo 'no_such_setting = on' >"$folder/conf.d/broken.conf"; done
    ${certificate("target", "-days 10")}
  `);
}

/** In place of those: what a run that ended would leave, another certificate, and a rule for other addresses. */
export async function plantInTheirPlace(lab: TargetLab): Promise<void> {
  await lab.bash(`
    mv ${state}/boot.json ${state}/boot.json.away
    umount /var/log/pgbackrest
    mount -t tmpfs -o size=100m tmpfs /var/log/pgbackrest
    rm /usr/local/bin/date
    mv /usr/bin/sha256sum.away /usr/bin/sha256sum
    echo 'r20260101-000000-held 00000000-0000-0000-0000-000000000000' >${state}/lock
    systemctl stop timescale-cutover-r20260101-000000-gone-dump
    rm -r /var/lib/postgresql/cutover-dump
    for folder in ${configuration}; do
      rm "$folder/conf.d/broken.conf"
      sed -i 's/^hostssl.*/hostssl "tracker" all 10.9.0.0\\/16 scram-sha-256/' "$folder/pg_hba.conf"
    done
    ${certificate("elsewhere", "-days 3650")}
    fallocate -l $(($(df --output=avail -B1 /var/lib/postgresql | tail -n 1) - 24 * 1024 ** 3)) /var/lib/postgresql/filler
  `);
}

/**
 * A certificate that ran out, a data volume that has become another device, a pg_restore that reads no zstd (what stands in
 * for it is another program of PostgreSQL's, which does not either), and rules that PostgreSQL has not read yet.
 */
export async function plantUnfitParts(lab: TargetLab): Promise<void> {
  await lab.bash(`
    ${expiredCertificate}
    link=/dev/disk/by-uuid/$(jq --raw-output .dataVolume.uuid ${state}/boot.json.away)
    cp ${state}/boot.json.away ${state}/boot.json
    mv "$link" /root/data-volume
    ln -s /dev/zero "$link"
    cd /usr/lib/postgresql/*/bin
    mv pg_restore pg_restore.away
    cp pg_isready pg_restore
    for folder in ${configuration}; do
      sed -i 's/^hostssl.*/hostssl "tracker" all all cert\\nhostssl "tracker" all all nonsense/' "$folder/pg_hba.conf"
    done
  `);
}

/** Takes back of it what stands in the way of the checks of later faults. */
export async function takeBackUnfitParts(lab: TargetLab): Promise<void> {
  await lab.bash(`
    mv --no-target-directory /root/data-volume "/dev/disk/by-uuid/$(jq --raw-output .dataVolume.uuid ${state}/boot.json.away)"
    cd /usr/lib/postgresql/*/bin
    mv pg_restore.away pg_restore
  `);
}

/** With a restart: nothing is preloaded, nothing listens but on the loopback, no checksums, and WAL on the root volume. */
export async function plantWithARestart(lab: TargetLab): Promise<void> {
  await lab.sql(
    "postgres",
    `
    ALTER SYSTEM SET listen_addresses = 'localhost';
    ALTER SYSTEM RESET max_connections;
    ALTER SYSTEM SET max_worker_processes = 9;
    `,
  );
  await lab.bash(`
    rm ${state}/lock /var/lib/postgresql/filler
    mv ${state}/boot.json.away ${state}/boot.json
    cluster=$(systemctl list-units --plain --no-legend 'postgresql@*' | awk '{ print $1 }')
    systemctl stop "$cluster"
    data=$(echo /var/lib/postgresql/*/main)
    runuser -u postgres -- "$(echo /usr/lib/postgresql/*/bin/pg_checksums)" --disable "$data"
    mv "$data/pg_wal" /var/lib/elsewhere
    ln -s /var/lib/elsewhere "$data/pg_wal"
    for folder in ${configuration}; do sed -i 's/^hostssl.*/hostssl "tracker" all all reject/' "$folder/pg_hba.conf"; done
    library=$(echo /usr/lib/postgresql/*/lib)
    for file in "$library"/timescaledb-tsl-*.so; do if [ -e "$file" ]; then mv "$file" "$file.away"; fi; done
    systemctl start "$cluster"
  `);
  await lab.sql("tracker", "CREATE TABLE held (); BEGIN; DROP TABLE held; PREPARE TRANSACTION 'forgotten';");
}

/** Nothing is wrong with the server but that it is a standby. */
export async function makeStandby(lab: TargetLab): Promise<void> {
  await lab.bash(`
    data=$(echo /var/lib/postgresql/*/main)
    runuser -u postgres -- touch "$data/standby.signal"
    systemctl restart "$(systemctl list-units --plain --no-legend 'postgresql@*' | awk '{ print $1 }')"
  `);
}

/** The server is down, and its volume read-only. */
export async function stopServer(lab: TargetLab): Promise<void> {
  await lab.bash(`
    systemctl stop 'postgresql@*'
    mount -o remount,ro /var/lib/postgresql
  `);
}

export async function unmountVolume(lab: TargetLab): Promise<void> {
  await lab.bash("umount /var/lib/postgresql");
}

/** In the data volume's place, as an fstab of somebody's would have it. */
export async function mountMemory(lab: TargetLab): Promise<void> {
  await lab.bash("mount -t tmpfs tmpfs /var/lib/postgresql");
}

/** The record of the run that made the target's database. */
export async function markDatabase(lab: TargetLab, phase: string): Promise<void> {
  const oid = await lab.sql("postgres", "SELECT oid FROM pg_database WHERE datname = 'tracker'");
  await lab.bash(
    `install -d -m 0711 /var/lib/postgresql/timescale-cutover; echo 'r20260101-000000-made ${oid} ${phase}' >/var/lib/postgresql/timescale-cutover/target-database`,
  );
}

/** A certificate of its own for that name, in force in the running server. */
function certificate(name: string, option: string): string {
  return `
    cd /var/lib/postgresql/tls
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes ${option} -subj /CN=${name} \
      -addext subjectAltName=DNS:${name} -keyout server.key -out server.crt 2>/dev/null
    cd /
    systemctl reload 'postgresql@*'
    sleep 1`;
}

/** By openssl's ca: its other commands take no date that has passed, in the versions of all the lab's roots. */
const expiredCertificate = `
    cd /var/lib/postgresql/tls
    ca=$(mktemp --directory)
    printf '%s\\n' '[ca]' 'default_ca = own' '[own]' "database = $ca/index" "new_certs_dir = $ca" "serial = $ca/serial" 'default_md = sha256' \
      'policy = any' '[any]' 'commonName = supplied' >"$ca/conf"
    touch "$ca/index"
    openssl req -new -key server.key -subj /CN=target -out "$ca/request"
    openssl ca -batch -notext -rand_serial -selfsign -config "$ca/conf" -keyfile server.key -in "$ca/request" \
      -startdate 20200101000000Z -enddate 20210101000000Z -out server.crt
    cd /
    systemctl reload 'postgresql@*'
    sleep 1`;
