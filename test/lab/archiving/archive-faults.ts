/** What goes wrong with a target's archiving while it archives: how it is planted, seen and mended. */
export interface ArchiveFault {
  readonly what: string;
  readonly host: "target" | "repository";
  readonly plant: string;
  readonly mend: string;
  /** What the status says of the SSH repository then. */
  readonly repo3: object;
  /** What the log of the pushing process names, where the status names nothing. */
  readonly logged?: RegExp;
  /** Whether a segment of that time gets into S3 meanwhile. */
  readonly reachesS3: boolean;
}

const conf = "/etc/pgbackrest.conf";
const repo3 = "/var/pg_backrest_data/repo3";

export const archiveFaults: readonly ArchiveFault[] = [
  {
    what: "a passphrase that is not the repository's",
    host: "target",
    plant: `cp -p ${conf} /root; sed -i 's/^repo3-cipher-pass=.*/repo3-cipher-pass=of-somebody-else/' ${conf}`,
    mend: `cp -p /root/pgbackrest.conf ${conf}`,
    repo3: { answers: false, message: expect.stringMatching(/CryptoError/) as string },
    reachesS3: true,
  },
  {
    what: "another host key",
    host: "repository",
    plant: "mv /etc/ssh/ssh_host_ed25519_key /root; ssh-keygen -A >/dev/null; systemctl restart ssh",
    mend: "mv /root/ssh_host_ed25519_key /etc/ssh; systemctl restart ssh",
    repo3: {
      answers: false,
      message: expect.stringMatching(/REMOTE HOST IDENTIFICATION HAS CHANGED/) as string,
    },
    reachesS3: true,
  },
  {
    what: "another version of pgBackRest, as its greeting tells",
    host: "repository",
    plant: `cat >/usr/local/bin/pgbackrest <<'WRAPPER'
#!/bin/bash
/usr/bin/pgbackrest "$@" | { IFS= read -r greeting; sed -E 's/("version":")[^"]*/\\12.50/' <<<"$greeting"; exec cat; }
WRAPPER
      chmod 0755 /usr/local/bin/pgbackrest`,
    mend: "rm /usr/local/bin/pgbackrest",
    repo3: {
      answers: false,
      message: expect.stringMatching(
        /expected value '[\d.]+' for greeting key 'version' but got '2\.50'/,
      ) as string,
    },
    reachesS3: true,
  },
  {
    what: "a volume without room",
    host: "repository",
    plant: `mount -t tmpfs -o size=256m tmpfs /mnt && cp -a ${repo3}/. /mnt && mount --bind /mnt ${repo3}
      fallocate -l "$(df --output=avail -B1 ${repo3} | tail -n 1)" ${repo3}/filler`,
    // What came meanwhile is on the small volume alone.
    mend: `rm ${repo3}/filler; umount ${repo3}; cp -a /mnt/. ${repo3}; umount /mnt`,
    repo3: { answers: true, freeBytes: 0 },
    reachesS3: true,
  },
  {
    what: "a spool that postgres cannot write to",
    host: "target",
    plant: "chmod 0555 /var/spool/pgbackrest/archive/tracker-ts/out",
    mend: "chmod 0750 /var/spool/pgbackrest/archive/tracker-ts/out",
    repo3: { answers: true },
    logged:
      /unable to open file '\/var\/spool\/pgbackrest\/archive\/tracker-ts\/out\/.* \[13\] Permission denied/,
    reachesS3: false,
  },
];
