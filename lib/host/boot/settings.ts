import {
  bootDocumentName,
  hostLogGroupName,
  majorVersion,
  metricsNamespace,
  parameterName,
} from "../../config/derived";
import type { Environment } from "../../config/environment";

/** What the deployment knows. */
export interface Deployed {
  /** The data volume, `vol-...`; it may be a CDK token. */
  readonly volumeId: string;
  /** The stack's resource that waits for the boot. */
  readonly signal: { readonly stack: string; readonly resource: string };
}

/** How long the boot waits for the data volume: it is attached only after the instance has started. */
const VOLUME_WAIT_SECONDS = 900;

/** The settings of the boot: what /etc/timescale-cutover/boot.conf on the host says, by name. */
export function bootSettings(environment: Environment, deployed: Deployed): Record<string, string> {
  const { name, aws, versions, target, repository, database } = environment;
  return {
    ENVIRONMENT: name,
    REGION: aws.region,
    VOLUME_ID: deployed.volumeId,
    VOLUME_WAIT_SECONDS: String(VOLUME_WAIT_SECONDS),
    SIGNALLED_STACK: deployed.signal.stack,
    SIGNALLED_RESOURCE: deployed.signal.resource,
    DATA_MOUNT: target.dataMount,
    DATABASE: database.name,
    LOCALES: target.locales.join(" "),
    PORT: String(target.port),
    PRIVATE_ADDRESS: target.network.privateAddress,
    MAJOR: String(majorVersion(versions.postgresql)),
    POSTGRESQL_VERSION: versions.postgresql,
    POSTGIS_VERSION: versions.postgis,
    TIMESCALEDB_VERSION: versions.timescaledb,
    PGBACKREST_VERSION: versions.pgbackrest,
    ...packageSettings(target),
    ...repositorySettings(repository),
    BOOT_DOCUMENT: bootDocumentName(environment),
    CERTIFICATE_PARAMETER: parameterName(environment, "server-certificate"),
    PUBLIC_KEY_PARAMETER: parameterName(environment, "postgres-ssh-public-key"),
    LOG_GROUP: hostLogGroupName(environment),
    METRICS_NAMESPACE: metricsNamespace,
  };
}

function packageSettings({ packages, packageSources }: Environment["target"]): Record<string, string> {
  const { distributionMirror, postgresql, timescaledb } = packageSources;
  return {
    PACKAGES: packages,
    DISTRIBUTION_MIRROR: distributionMirror,
    ...sourceSettings("POSTGRESQL", postgresql),
    ...sourceSettings("TIMESCALEDB", timescaledb),
  };
}

type PackageSource = Environment["target"]["packageSources"]["postgresql"];

function sourceSettings(prefix: string, source: PackageSource): Record<string, string> {
  return {
    [`${prefix}_SOURCE_URL`]: source.url,
    [`${prefix}_SOURCE_SUITE`]: source.suite,
    [`${prefix}_SOURCE_COMPONENT`]: source.component,
    [`${prefix}_SOURCE_KEY_URL`]: source.keyUrl,
    [`${prefix}_SOURCE_KEY_FINGERPRINT`]: source.keyFingerprint,
  };
}

function repositorySettings(repository: Environment["repository"]): Record<string, string> {
  const { stanza, repo2, repo3 } = repository.pgbackrest;
  return {
    STANZA: stanza,
    REPOSITORY_NAME: repository.hostName,
    REPOSITORY_ADDRESS: repository.address,
    REPOSITORY_SSH_PORT: String(repository.sshPort),
    REPOSITORY_HOST_KEY: repository.hostKey,
    REPO3_PASS_SECRET: passSecretOf(repo3.cipher),
    REPO2_PASS_SECRET: passSecretOf(repo2.cipher),
  };
}

function passSecretOf(cipher: Environment["repository"]["pgbackrest"]["repo3"]["cipher"]): string {
  return cipher.type === "none" ? "" : cipher.passSecret;
}
