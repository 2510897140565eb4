import { networkSource, prodWith, problemsOf, problemWith } from "./prod-with";

type Case = [key: string, value: unknown, why: RegExp, remedy: RegExp];

const versions: Case[] = [
  ["versions.postgresql", "16", /no version of PostgreSQL/, /"16\.10"/],
  ["versions.postgresql", "16.x", /no version of PostgreSQL/, /"16\.10"/],
  ["versions.postgresql", "16.10.1", /no version of PostgreSQL/, /"16\.10"/],
  ["versions.postgresql", "16.10-1.pgdg24.04+1", /no version of PostgreSQL/, /"16\.10"/],
  ["versions.postgresql", "latest", /no version of PostgreSQL/, /SHOW server_version/],
  ["versions.postgresql", 16.1, /a number .* where text is wanted/, /in quotes/],
  ["versions.timescaledb", "2.18", /no version of an extension/, /"2\.18\.2"/],
  ["versions.timescaledb", "2.18.2~ubuntu24.04", /no version of an extension/, /extversion/],
  ["versions.postgis", "3", /no version of an extension/, /three numbers/],
  ["versions.postgis", "3.05.2", /no version of an extension/, /three numbers/],
  ["versions.pgbackrest", "2", /no version of pgBackRest/, /"2\.55\.1"/],
  ["versions.pgbackrest", "2.55.1-1.pgdg24.04+1", /no version of pgBackRest/, /`pgbackrest version`/],
  ["versions.pgbackrest", "pgBackRest 2.55.1", /no version of pgBackRest/, /"2\.55\.1"/],
  ["versions.pgbackrest", 2.55, /a number .* where text is wanted/, /in quotes/],
];

const aws: Case[] = [
  ["aws.account", "11112222333", /not 12 digits/, /12 digits in quotes/],
  ["aws.account", 111122223333, /a number where text is wanted/, /12 digits in quotes/],
  ["aws.region", "eu-west2", /no AWS region/, /"eu-west-2"/],
  ["aws.region", "eu-west-2a", /availability zone/, /Drop the letter: "eu-west-2"/],
  ["aws.region", "London", /no AWS region/, /"eu-west-2"/],
  ["source.instanceId", "i-123", /no id of a managed instance/, /"mi-/],
  ["source.instanceId", "prod-db-1", /no id of a managed instance/, /"i-/],
  ["source.instanceId", "i-0123456789ABCDEF0", /no id of a managed instance/, /"i-/],
  ["target.instanceType", "medium", /no EC2 instance type/, /"t3\.medium"/],
  ["source.roleArn", "source-host", /no role's ARN/, /ARN of an IAM role/],
  ["source.roleArn", "arn:aws:iam::1111:role/x", /of no IAM role/, /ARN of an IAM role/],
  [
    "source.roleArn",
    "arn:aws:iam::111122223333:instance-profile/x",
    /instance profile/,
    /ARN of the role in it/,
  ],
  ["source.roleArn", "arn:aws:sts::111122223333:assumed-role/x/y", /a session/, /the role itself/],
  ["target.cpuCredits", "none", /none of the values/, /"unlimited" or "standard"/],
  ["target.memoryGiB", 0, /not more than 0/, /more than 0/],
  ["target.network.vpcId", "172.31.0.0/16", /no VPC id/, /"vpc-" and 17/],
  ["target.network.subnetId", "vpc-0123456789abcdef0", /no subnet id/, /"subnet-" and 17/],
  ["target.network.availabilityZone", "eu-west-2", /is a region/, /Add the zone's letter: "eu-west-2a"/],
  ["target.network.availabilityZone", "euw2-az1", /the id of an availability zone/, /zone's name/],
  ["target.network.availabilityZone", "a", /no availability zone/, /"eu-west-2a"/],
  ["application.securityGroupIds", ["sg-1"], /no security group id/, /"sg-"/],
  ["repository.pgbackrest.repo2.bucket", "Backups", /no S3 bucket name/, /glimpse-timescale-backups/],
];

const network: Case[] = [
  [
    "repository.sshFrom",
    "172.31.203.209/24",
    /host bits set \(its network is 172\.31\.203\.0\/24\)/,
    /"172\.31\.203\.209\/32"/,
  ],
  ["repository.sshFrom", "172.31.203.0/24", /^admits 256 addresses where one host is meant/, /with \/32/],
  ["repository.sshFrom", "0.0.0.0/0", /^admits 4294967296 addresses/, /with \/32/],
  ["repository.sshFrom", "172.31.203.209", /no IPv4 CIDR/, /\/32/],
  ["repository.sshFrom", "172.31.203.209/33", /no IPv4 CIDR/, /\/32/],
  ["repository.sshFrom", "172.31.203.309/32", /no IPv4 CIDR/, /\/32/],
  ["repository.sshFrom", "172.31.203.09/32", /no IPv4 CIDR/, /\/32/],
  ["repository.sshFrom", "172.31.203.209/32/32", /no IPv4 CIDR/, /\/32/],
  ["repository.sshFrom", "fd00::1/128", /no IPv4 CIDR/, /IPv4/],
  ["repository.sshFrom", "the repository", /no IPv4 CIDR/, /"172\.31\.203\.209\/32"/],
  ["repository.address", "172.31.203", /no IPv4 address/, /"172\.31\.203\.209"/],
  ["target.network.privateAddress", "172.31.202.20/32", /no IPv4 address/, /"172\.31\.202\.20"/],
  ["target.network.privateAddress", "127.0.0.1", /no instance can have/, /free address of the subnet/],
  ["target.network.privateAddress", "169.254.169.254", /no instance can have/, /free address of the subnet/],
  ["target.network.privateAddress", "224.0.0.1", /no instance can have/, /free address of the subnet/],
  ["repository.hostName", "ssh://repository", /no host name/, /without scheme or port/],
  ["repository.sshPort", 70_000, /above the greatest value, 65535/, /1 to 65535/],
];

const postgres: Case[] = [
  ["ownership.role", "postgres", /the superuser/, /"tracker"/],
  ["application.roleName", "postgres", /the superuser/, /"tracker"/],
  ["ownership.role", "pg_monitor", /PostgreSQL reserves/, /of your own/],
  ["ownership.role", "", /is empty/, /name of a role/],
  ["ownership.role", "tracker\n", /control character/, /name of a role/],
  ["ownership.role", "tracker ", /ends with a space/, /Remove the space/],
  ["ownership.role", "é".repeat(32), /longer than PostgreSQL's 63 bytes/, /in full/],
  ["ownership.mode", "keep", /none of the values/, /"preserve" or "reassign"/],
  ["database.name", "postgres", /every PostgreSQL server has/, /"tracker"/],
  ["database.name", "host=elsewhere", /libpq reads otherwise/, /name of a database/],
  ["database.name", "-tracker", /libpq reads otherwise/, /name of a database/],
  ["dump.compression", "zip:9", /no compression of pg_dump/, /"zstd:1"/],
  ["repository.pgbackrest.stanza", "tracker ts", /no name of a stanza/, /"tracker-ts"/],
];

const paths: Case[] = [
  ["target.dumpDirectory", "cutover-dump", /not an absolute path/, /absolute path/],
  ["target.dumpDirectory", "/", /root of the file system/, /directory under it/],
  ["target.dumpDirectory", "/var/lib/postgresql/../x", /"\.\." part/, /plainly/],
  ["target.dumpDirectory", "/var/lib/postgresql/dump/", /empty.* part/, /no slash at its end/],
  ["source.dumpDirectory", "/mnt/my dump", /other characters/, /plainer path/],
  ["source.dumpDirectory", "~/dump", /not an absolute path/, /absolute path/],
];

const figures: Case[] = [
  ["name", "Production", /no name of an environment/, /"prod"/],
  ["name", "a-very-long-name-x", /no name of an environment/, /2 to 16/],
  ["timeouts.dumpSeconds", 4, /below the least value, 5/, /seconds, 5 to 172800/],
  ["timeouts.restoreSeconds", 172_801, /above the greatest value, 172800/, /seconds, 5 to 172800/],
  ["timeouts.shortStepSeconds", 60.5, /fraction where a whole number/, /seconds, 5 to 172800/],
  ["relay.expireDays", 0, /below the least value, 1/, /days, 1 to 365/],
  ["source.maxBlockedSeconds", 0, /below the least value, 1/, /seconds, 1 to 3600/],
  ["dump.jobs", 0, /below the least value, 1/, /jobs, 1 to 64/],
  ["target.rootVolumeGiB", "25", /text where a number is wanted/, /GiB, 1 to 16384/],
  ["database.sizeGiB", 0, /not more than 0/, /more than 0/],
  ["database.sizeGiB", NaN, /no finite number/, /GiB/],
  ["target.locales", ["en_GB"], /no name of a UTF-8 locale/, /"en_GB.UTF-8"/],
  ["target.maxConnections", 10, /below the least value, 20/, /connections, 20 to 10000/],
  ["alarms.dataVolumeFreePercent", 100, /above the greatest value, 99/, /percent, 1 to 99/],
  ["alarms.cpuCreditBalance", 0, /below the least value, 1/, /CPU credits, 1 to 4608/],
  ["alarms.archiveSilentSeconds", 60, /below the least value, 120/, /seconds, 120 to 86400/],
  ["alarms.backupAgeHours", 0.5, /fraction where a whole number/, /hours, 1 to 8760/],
  ["alarms.connectionsPercent", "80%", /text where a number/, /percent, 1 to 99/],
  ["alarms.emails", ["dba"], /no e-mail address/, /"dba@example\.com"/],
  ["alarms.emails", ["DBA <dba@example.com>"], /no e-mail address/, /without a name beside it/],
  ["alarms.emails", "dba@example.com", /text where a list is wanted/, /list of e-mail addresses/],
  ["maintenanceWindow.hours", 72, /above the greatest value, 48/, /at most 48/],
  ["repository.pgbackrest.delta", "y", /text where true or false is wanted/, /true or false/],
  ["repository.pgbackrest.logLevelFile", "verbose", /none of the values/, /"debug"/],
  ["extraRoles", "reporting", /text where a list is wanted/, /list of names of roles/],
];

test.each([...versions, ...aws, ...network, ...postgres, ...paths, ...figures])(
  "%s refuses %p, saying why and what to write",
  (key, value, why, remedy) => {
    const problem = problemWith({ [key]: value });
    const entry = Array.isArray(value) ? "[0]" : "";
    const shown = Array.isArray(value) ? (value[0] as string) : value;
    expect(problem.key).toBe(`prod.${key}${entry}`);
    expect(problem.value).toBe(typeof shown === "string" ? JSON.stringify(shown) : String(shown));
    expect(problem.why).toMatch(why);
    expect(problem.remedy).toMatch(remedy);
  },
);

test.each([
  ["source.instanceId", "mi-0123456789abcdef0"],
  ["source.roleArn", "arn:aws:iam::111122223333:role/service/source-host"],
  ["source.instanceId", "i-01234567"],
  ["versions.postgresql", "17.0"],
  ["ownership", { mode: "preserve" }],
  ["ownership.role", "Eigentümer der Daten"],
  ["extraRoles", ["reporting", "svc.user@example.com"]],
  ["database.name", "Tracker 2"],
  ["versions.pgbackrest", "2.50"],
  ["versions.pgbackrest", "2.55.1"],
  ["target.cpuCredits", "standard"],
  ["target.network.availabilityZone", "eu-west-2c"],
  ["target.network.privateAddress", "10.0.0.20"],
  ["alarms.emails", ["dba@example.com", "on-call+db@mail.example.co.uk"]],
  ["timeouts.dumpSeconds", 172_800],
  ["timeouts.shortStepSeconds", 5],
  ["relay.expireDays", 1],
  ["source", networkSource],
])("%s accepts %p", (key, value) => {
  expect(problemsOf(prodWith({ [key]: value }))).toEqual([]);
});

test.each([
  ["aws.account", /12 digits/],
  ["target.network", /vpcId, subnetId, availabilityZone, privateAddress/],
  ["target.network.subnetId", /"subnet-" and 17/],
  ["repository.hostKey", /ssh-keyscan/],
  ["source.kind", /"managed" or "network"/],
  ["application", /secretName, roleName, securityGroupIds/],
  ["repository.pgbackrest.repo3.cipher", /./],
])("%s is missed when it is not there", (key, remedy) => {
  expect(problemWith({ [key]: undefined })).toEqual({
    key: `prod.${key}`,
    value: "(nothing)",
    why: "is missing",
    remedy: expect.stringMatching(remedy),
  });
});

test("An unknown kind of source is answered with the kinds there are", () => {
  expect(problemWith({ source: { ...networkSource, kind: "rds" } })).toEqual({
    key: "prod.source.kind",
    value: '"rds"',
    why: "is none of the values known here",
    remedy: 'Write "managed" or "network".',
  });
});
