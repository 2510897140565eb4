import type { EnvironmentInput } from "../lib/config/environment";

/*
 * The one file to edit. `prod` is written out in full; `staging` is `prod` with other addresses, so that what
 * is rehearsed there has production's figures.
 *
 * "Plan" means the migration's runbook; the section that a figure comes from stands in parentheses. Accounts,
 * instance ids, ARNs and secrets' names are placeholders: replace them. Passwords and passphrases never stand
 * here: each lives in Secrets Manager and is called by its NAME, never by its ARN (plan: Proposed pgBackRest
 * Layout). Sizes are in GiB, times in seconds where the key says nothing else.
 */

const prod = {
  // Short name, part of every document's, stack's and bucket's name. The same as its key at the end of this file.
  name: "prod",

  aws: {
    // Account that owns the target: 12 digits. Placeholder.
    account: "111122223333",
    // Region of everything here (plan: Repository Host).
    region: "eu-west-2",
  },

  // Exactly what the source runs; the target starts equal, an upgrade is a decision of its own
  // (plan: Executive Summary).
  versions: {
    // Server version, MAJOR.MINOR.
    postgresql: "16.10",
    // Version of the extension.
    postgis: "3.5.2",
    // Version of the extension, and of its loader.
    timescaledb: "2.18.2",
    // Version of the repository host (`pgbackrest version` there): pgBackRest refuses to talk to any other.
    // Not in the plan. Placeholder.
    pgbackrest: "2.55.1",
  },

  database: {
    // The one database that moves (plan: Executive Summary).
    name: "tracker",
    // Its size on the source, GiB; the sizes of the target's volumes are checked against it
    // (plan: Executive Summary, "approximately 11 GB").
    sizeGiB: 11,
  },

  // Who owns the objects on the target. The plan gives everything to one role (Restore Onto the New EC2);
  // { mode: "preserve" } keeps every owner as on the source.
  ownership: { mode: "reassign", role: "tracker" },

  // Roles to carry over besides those that the database's own objects name. The plan names none.
  extraRoles: [],

  // Roles to leave behind of those that come along because of what they may do in the database and not because an object
  // names them: members, groups, whoever is connected, lets itself in by pg_hba.conf or is asked for in SQL. Not in the plan.
  omittedRoles: [],

  // What the application's sessions would find otherwise in the new server's configuration than in the old one's (TimeZone,
  // DateStyle, default_text_search_config and their like). Not in the plan.
  sessionSettings: {
    // "carry" sets it for the database, "refuse" ends the run before anything is dumped.
    different: "carry",
    // Names of settings that stay as the new server has them.
    left: [],
  },

  // Where the database comes from. `managed`: pg_dump runs on the old server itself, over its local socket
  // (plan: Restore Onto the New EC2). A source that can only be reached over the network, such as RDS or
  // another provider's server, is { kind: "network", host, port, user, tls, rootCertificate?, passwordSecret }.
  source: {
    // "managed" or "network".
    kind: "managed",
    // The shared production PostgreSQL host, which Systems Manager must manage. Placeholder.
    instanceId: "i-0aaaaaaaaaaaaaaaa",
    // IAM role of that instance: it may put the dump into the relay bucket and nothing else. Placeholder.
    roleArn: "arn:aws:iam::111122223333:role/placeholder-shared-postgresql-host",
    // Directory of the server's Unix socket; Debian's place. Not in the plan.
    socketDirectory: "/var/run/postgresql",
    // Port, which names the socket. Not in the plan: PostgreSQL's own.
    port: 5432,
    // Where the dump is written before it travels. The plan's /tmp may be a memory disk, and readable by all.
    // The disk is shared with the 1.1 TB neighbour: name a roomy mount if there is one; the room is checked.
    dumpDirectory: "/var/lib/timescale-cutover/dump",
    // Seconds that a session of the source may wait behind the dump before the dump gives way. Not in the plan.
    maxBlockedSeconds: 30,
  },

  // The dedicated EC2 instance.
  target: {
    // Which instance this is, counting from 1. To replace it, write the next number and run `cutover host replace`;
    // never deploy another number by itself. Not in the plan.
    generation: 1,
    // Staging's type, adjusted only if capacity requires it (plan: Pre-Migration Preparation). A type that
    // lib/config/instance-memory.ts does not know needs its GiB beside it, as memoryGiB.
    instanceType: "t3.medium",
    // What a burstable type (t2, t3, t3a, t4g) does when its CPU credits are spent, as a restore may: "unlimited"
    // goes on and is billed for it, "standard" slows down (a t3.medium to a fifth). Other types have no
    // credits, and this is not read. Not in the plan.
    cpuCredits: "unlimited",
    // The machine image: a dated public parameter, or { amiId: "ami-..." }. One that moves ("current") is refused,
    // for a later deploy would replace the instance. Not in the plan: Ubuntu 24.04, which has the SSM agent.
    image: {
      // Name of the parameter.
      ssmParameter: "/aws/service/canonical/ubuntu/server/noble/stable/20260218/amd64/hvm/ebs-gp3/ami-id",
    },
    // Where the instance stands (plan: Network Requirements, which names no ids). All placeholders.
    network: {
      // The VPC. Placeholder.
      vpcId: "vpc-0aaaaaaaaaaaaaaaa",
      // A private subnet of it with a way out to HTTPS and to the repository host. Placeholder.
      subnetId: "subnet-0aaaaaaaaaaaaaaaa",
      // The subnet's zone, in which the data volume is made. Placeholder.
      availabilityZone: "eu-west-2a",
      // A free address of the subnet, which stays when the instance is replaced: the repository host's owner lets
      // this one in. Placeholder.
      privateAddress: "172.31.202.20",
    },
    // Volume of the operating system, GiB (plan: Executive Summary).
    rootVolumeGiB: 25,
    // Volume of the cluster, GiB: the restore, indexes, WAL and temporary growth (plan: Executive Summary).
    dataVolumeGiB: 50,
    // Where the data volume is mounted (plan: Target State).
    dataMount: "/var/lib/postgresql",
    // Port of the server. Not in the plan: PostgreSQL's own.
    port: 5432,
    // Seconds after which a segment is closed and archived though it is not full: so much a lost host may take along.
    // PostgreSQL's archive_timeout, set when the cutover turns archiving on. Not in the plan.
    archiveTimeoutSeconds: 60,
    // Sessions that the server takes; max_connections. Not in the plan: PostgreSQL's own.
    maxConnections: 100,
    // Locales that the boot makes, beside C.UTF-8: a database is restored only where its own locale is. Not in the plan.
    locales: ["en_GB.UTF-8", "en_US.UTF-8"],
    // Where the dump lies while it is restored: on the data volume, for 11 GiB would fill the root volume.
    dumpDirectory: "/var/lib/postgresql/cutover-dump",
    // Whose packages the boot installs, at the versions above: "vendor" (the repositories below), "distribution"
    // (Ubuntu's own only), or "preinstalled" (none: what the image has is only checked). Not in the plan.
    packages: "vendor",
    // Where packages come from. HTTPS only, for the security group lets nothing else out. Not in the plan.
    packageSources: {
      // A mirror of Ubuntu: its own sources are plain HTTP.
      distributionMirror: "https://mirrors.edge.kernel.org/ubuntu",
      // PostgreSQL, PostGIS and pgBackRest. The archive keeps every minor version; apt.postgresql.org the newest only.
      postgresql: {
        // Address of the repository.
        url: "https://apt-archive.postgresql.org/pub/repos/apt",
        // Its suite, named after the release of Ubuntu.
        suite: "noble-pgdg-archive",
        // Its component.
        component: "main",
        // Where the key that signs it is found.
        keyUrl: "https://www.postgresql.org/media/keys/ACCC4CF8.asc",
        // The whole fingerprint of that key; any other key is refused.
        keyFingerprint: "B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8",
      },
      // TimescaleDB and its loader.
      timescaledb: {
        // Address of the repository.
        url: "https://packagecloud.io/timescale/timescaledb/ubuntu",
        // Its suite, named after the release of Ubuntu.
        suite: "noble",
        // Its component.
        component: "main",
        // Where the key that signs it is found.
        keyUrl: "https://packagecloud.io/timescale/timescaledb/gpgkey",
        // The whole fingerprint of that key; any other key is refused.
        keyFingerprint: "1005FB68604CE9B8F6879CF759F18EDF47F24417",
      },
    },
  },

  dump: {
    // Parallel jobs of pg_dump. Not in the plan; two took two thirds of one's time when it was measured.
    jobs: 2,
    // Compression of the dump, METHOD:LEVEL. Not in the plan, whose gzip took three times as long.
    compression: "zstd:1",
  },

  restore: {
    // Parallel jobs of pg_restore: the 2 processors of a t3.medium. Not in the plan.
    jobs: 2,
  },

  relay: {
    // Days after which the relay bucket drops a dump by itself. Not in the plan.
    expireDays: 14,
  },

  // The host that keeps the backups. It exists already and belongs to others (plan: Repository Host).
  repository: {
    // Its name; pgBackRest's repo3-host.
    hostName: "pg-backrest.timescale.glimpse.internal",
    // Its address: the only one that the target's SSH rule lets out to (plan: Network Requirements).
    address: "172.31.203.209",
    // Its public host key, "TYPE BASE64" as `ssh-keyscan -t ed25519` prints it after the name. Ask its owner for it:
    // the target talks to no other. Placeholder: a key of zeros, with which nothing answers.
    hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    // Where it starts the backups itself, the public key of the user that does so stands here as publicKey, "TYPE
    // BASE64": the target then lets that key in, for its stanza's backups alone. Not in the plan.
    // TCP port of its SSH (plan: Network Requirements).
    sshPort: 22,
    // Who may reach the target over SSH: this one host, hence its address with /32 (plan: Network Requirements).
    sshFrom: "172.31.203.209/32",

    // pgbackrest.conf of the target (plan: Proposed pgBackRest Layout, all figures where nothing else is said).
    pgbackrest: {
      // The target's own stanza. The plan's `tracker` belongs to the old cluster: a new one cannot archive
      // into it, and upgrading that stanza would stop the old server's archiving. A stanza of another cluster is
      // refused on the host, whatever its name.
      stanza: "tracker-ts",
      // The old cluster's stanza, so that nothing ever writes to it (plan: Current State).
      sourceStanza: "tracker",
      // Parallel processes; process-max.
      processMax: 4,
      // What a command prints; log-level-console.
      logLevelConsole: "info",
      // What it writes to its log; log-level-file.
      logLevelFile: "debug",
      // Directory of the logs, on the root volume; log-path.
      logPath: "/var/log/pgbackrest",
      // Compression of WAL and backups; compress-type.
      compressType: "zst",
      // Its level, -7 to 22 for zst; compress-level.
      compressLevel: 6,
      // delta=y: a restore writes only what differs.
      delta: true,
      // start-fast=y: a backup starts with a checkpoint of its own.
      startFast: true,
      // Seconds that a segment may take to reach the repository; archive-timeout.
      archiveTimeoutSeconds: 60,
      // archive-async=y: segments travel in parallel, by way of the spool.
      archiveAsync: true,
      // GiB of WAL that may wait for the repository; beyond it pgBackRest DROPS WAL. archive-push-queue-max
      // (the plan's 4GB, which pgBackRest counts in powers of 1024).
      archivePushQueueMaxGiB: 4,
      // Where the spool lies; spool-path.
      spoolPath: "/var/spool/pgbackrest",
      // Who starts the backups, and when (UTC). "host": timers on the target. "repository": the repository host's own
      // schedule; `cutover archive schedule` prints the lines for it. The plan says neither.
      backups: { startedBy: "host", full: "Sun 02:00", incremental: "Mon..Sat 02:00" },

      // The repository host's own disk, over SSH. The index must be 3 on both hosts.
      repo3: {
        // Linux user there; repo3-host-user. pgBackRest's own default, `pgbackrest`, is not what the plan has.
        hostUser: "postgres",
        // Directory on the repository host; repo3-path.
        path: "/var/pg_backrest_data/repo3",
        // repo3-cipher-type, and the NAME of the secret that holds repo3-cipher-pass. Placeholder name.
        cipher: { type: "aes-256-cbc", passSecret: "placeholder/prod/pgbackrest/repo3-cipher-pass" },
        // Full backups that are kept, with their incremental ones and the WAL that they need; repo3-retention-full.
        // With fullType: "time", days instead. The plan names no figure.
        retention: { full: 2, fullType: "count" },
      },

      // The long-term repository in S3.
      repo2: {
        // Name of the bucket; repo2-s3-bucket.
        bucket: "glimpse-timescale-backups",
        // Region of the bucket; repo2-s3-region.
        region: "eu-west-2",
        // repo2-s3-endpoint: missing from the plan, and without it pgBackRest refuses every command.
        endpoint: "s3.eu-west-2.amazonaws.com",
        // repo2-s3-key-type: missing from the plan too. "auto" takes the instance role's credentials.
        keyType: "auto",
        // Path within the bucket; repo2-path.
        path: "/pgbackrest",
        // The plan encrypts repo3 only. { type: "aes-256-cbc", passSecret } encrypts this one too; it must
        // agree with what the bucket's stanzas use already.
        cipher: { type: "none" },
        // Longer than on the repository host; repo2-retention-full. The plan names no figure.
        retention: { full: 8, fullType: "count" },
      },
    },
  },

  application: {
    // NAME of the secret that holds the application's connection: the switch rewrites it. Placeholder.
    secretName: "placeholder/prod/tracker/connection",
    // Role that the application logs in as (plan: Restore Onto the New EC2).
    roleName: "tracker",
    // Security groups of the application, which may connect to the target (plan: Target State). None named yet.
    securityGroupIds: [],
    // The host that the secret names until the switch; a secret that names another stops the cutover before it
    // begins. Placeholder.
    sourceHost: "placeholder-shared-postgresql-host.glimpse.internal",
    // The port that it names. Not in the plan: PostgreSQL's own.
    sourcePort: 5432,
    // After the switch the secret names target.network.privateAddress, or the name that stands here as targetHost.
    // A Route 53 record that shall point at the target too is dnsRecord: { hostedZoneId, name, ttlSeconds? }; how the
    // application is made to read its secret again is restart: { documentName, targets: [{ key, values }] }, a Command
    // document of yours. None of the three is in the plan.
    // HTTPS URLs that must answer 2xx after the switch (plan: Post-Cutover Verification). None named yet.
    healthUrls: [],
    // Seconds that they may take to do so. Not in the plan.
    healthSeconds: 120,
    // Keys of the secret beside host and port whose text names the source (a URL, a reader's host), which the switch
    // rewrites there, are rewrittenSecretKeys: ["url"]. One that names it and is not declared stops the cutover.
    // What shows that the application works (plan: Post-Cutover Verification), run as its own role with the secret's
    // credentials. :'marker' is a text that no other row has. Placeholders: name a hypertable that ingest writes to.
    smokeTest: {
      // A write as ingest makes it.
      write: "INSERT INTO tracker_write (written_at, number, writer) VALUES (now(), -1, :'marker')",
      // Finds that row, and after remove none.
      readBack: "SELECT number FROM tracker_write WHERE writer = :'marker'",
      // Recent history.
      history: "SELECT number FROM tracker_write WHERE written_at > now() - interval '1 day' LIMIT 1",
      // A continuous aggregate; leave it out where there is none.
      aggregate: "SELECT bucket FROM tracker_write_hourly LIMIT 1",
      // Takes the write away again.
      remove: "DELETE FROM tracker_write WHERE writer = :'marker'",
    },
  },

  cutover: {
    // Who may approve the cutover; one approval is enough. ARNs of IAM users or roles. Placeholder.
    approvers: ["arn:aws:iam::111122223333:role/placeholder-database-owner"],
    // Seconds that the cutover waits for it. Not in the plan.
    approvalSeconds: 1800,
    // Hours since the last rehearsal that succeeded, at most. Not in the plan.
    rehearsalMaxAgeHours: 168,
    // Transactions and jobs that go on longer than inFlightSeconds: "ask" asks the operator, "end" ends them
    // (plan: Cutover Window, "let any in-flight jobs finish").
    inFlight: "ask",
    // Seconds that they get. Not in the plan.
    inFlightSeconds: 60,
    // Seconds that the question stands; unanswered, the source is reopened and nothing has happened. Not in the plan.
    askSeconds: 300,
    // Seconds in which every job that is due must have run on the target. Not in the plan.
    jobsSeconds: 900,
  },

  maintenanceWindow: {
    // Hours that the team accepts: 3 to 4 (plan: Executive Summary). The window begins when the cutover is started, or
    // at the moment that stands here as startsAt: "2026-12-06T01:00:00Z".
    hours: 4,
  },

  // Seconds that a step may take before it is stopped, 5 to 172800. Not in the plan; the four long ones end
  // together within its 4 hours, at more than ten times the measured pace of dump, restore and fingerprint.
  timeouts: {
    // pg_dump on the dump host.
    dumpSeconds: 3600,
    // The dump's way into the relay bucket, and out of it.
    relaySeconds: 1800,
    // pg_restore on the target.
    restoreSeconds: 5400,
    // Digests of the rows and lines of the catalog, each side.
    fingerprintSeconds: 1800,
    // The first full backup in both repositories; the application works meanwhile.
    fullBackupSeconds: 7200,
    // Everything else: locks, checks, roles, ownership, comparison.
    shortStepSeconds: 600,
  },

  // When a person should look. Not in the plan.
  alarms: {
    // Who is written to; each confirms the subscription once. None named yet.
    emails: [],
    // Percent of the data volume that is free, or less.
    dataVolumeFreePercent: 20,
    // CPU credits left, or fewer; burstable instance types only. A t3.medium earns 24 an hour, 576 at most.
    cpuCreditBalance: 60,
    // Segments of WAL, 16 MiB each, that wait for the repository, or more: well before archivePushQueueMaxGiB.
    readySegments: 64,
    // Seconds in which no segment has reached the repository.
    archiveSilentSeconds: 900,
    // Percent of archivePushQueueMaxGiB that waits, or more: at 100 pgBackRest drops WAL.
    archiveQueuePercent: 50,
    // GiB that are free on the repository host, or fewer, where it lets the target ask.
    repositoryFreeGiB: 50,
    // Hours since the last backup: a day and two hours of grace.
    backupAgeHours: 26,
    // Percent of maxConnections in use, or more.
    connectionsPercent: 80,
  },
} satisfies EnvironmentInput;

// Only what differs from prod. All placeholders, but for the region and the stanza.
const staging = {
  ...prod,
  name: "staging",
  aws: { ...prod.aws, account: "444455556666" },
  source: {
    ...prod.source,
    instanceId: "i-0cccccccccccccccc",
    roleArn: "arn:aws:iam::444455556666:role/placeholder-shared-postgresql-host",
  },
  target: {
    ...prod.target,
    network: {
      ...prod.target.network,
      vpcId: "vpc-0dddddddddddddddd",
      subnetId: "subnet-0dddddddddddddddd",
      privateAddress: "172.31.202.21",
    },
  },
  repository: {
    ...prod.repository,
    pgbackrest: {
      ...prod.repository.pgbackrest,
      // The plan knows one repository host for all: two clusters cannot archive into one stanza.
      stanza: "tracker-ts-staging",
      repo3: {
        ...prod.repository.pgbackrest.repo3,
        cipher: { type: "aes-256-cbc", passSecret: "placeholder/staging/pgbackrest/repo3-cipher-pass" },
      },
    },
  },
  application: { ...prod.application, secretName: "placeholder/staging/tracker/connection" },
  cutover: { ...prod.cutover, approvers: ["arn:aws:iam::444455556666:role/placeholder-database-owner"] },
} satisfies EnvironmentInput;

export const environments: Record<"staging" | "prod", EnvironmentInput> = { staging, prod };
