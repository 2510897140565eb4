import { applicationTargetHost } from "../config/derived";
import type { Environment } from "../config/environment";
import { targetInstanceId } from "./find-target";

/** The dump host: where pg_dump runs. A managed source is its own; for a network source it is the target. */
export function dumpHostId({ source }: Environment): string {
  return source.kind === "managed" ? source.instanceId : targetInstanceId;
}

/** What assets/steps/shared/source-connection.sh wants set. */
export function sourceConnection(environment: Environment): Record<string, string> {
  const { source, target } = environment;
  const common = {
    SOURCE_KIND: source.kind,
    SOURCE_PORT: String(source.port),
    MAX_BLOCKED_SECONDS: String(source.maxBlockedSeconds),
    EXTRA_ROLES: JSON.stringify(environment.extraRoles),
    OMITTED_ROLES: JSON.stringify(environment.omittedRoles),
  };
  if (source.kind === "managed") {
    return {
      ...common,
      SOURCE_HOST: source.socketDirectory,
      SOURCE_USER: "postgres",
      DUMP_DIRECTORY: source.dumpDirectory,
    };
  }
  return {
    ...common,
    SOURCE_HOST: source.host,
    SOURCE_USER: source.user,
    SOURCE_TLS: source.tls,
    SOURCE_ROOT_CERTIFICATE: source.rootCertificate ?? "",
    SOURCE_PASSWORD_SECRET: source.passwordSecret,
    DUMP_DIRECTORY: target.dumpDirectory,
    DATA_MOUNT: target.dataMount,
  };
}

/** What assets/steps/shared/target-connection.sh wants set. */
export function targetConnection({ target, extraRoles, omittedRoles }: Environment): Record<string, string> {
  return {
    TARGET_PORT: String(target.port),
    DUMP_DIRECTORY: target.dumpDirectory,
    DATA_MOUNT: target.dataMount,
    EXTRA_ROLES: JSON.stringify(extraRoles),
    OMITTED_ROLES: JSON.stringify(omittedRoles),
  };
}

/** What assets/steps/shared/application-secret.sh wants set. */
export function applicationSecret(environment: Environment): Record<string, string> {
  const { application, target } = environment;
  return {
    APPLICATION_SECRET: application.secretName,
    REWRITTEN_SECRET_KEYS: JSON.stringify(application.rewrittenSecretKeys),
    APPLICATION_ROLE: application.roleName,
    SOURCE_APPLICATION_HOST: application.sourceHost,
    SOURCE_APPLICATION_PORT: String(application.sourcePort),
    TARGET_APPLICATION_HOST: applicationTargetHost(environment),
    TARGET_APPLICATION_PORT: String(target.port),
  };
}

/** What assets/steps/shared/dns-record.sh wants set; nothing where no record is to be changed. */
export function dnsRecord({ application, target }: Environment): Record<string, string> {
  const record = application.dnsRecord;
  if (record === undefined) return {};
  return {
    HOSTED_ZONE: record.hostedZoneId,
    // Route 53 writes every name with its last dot.
    RECORD_NAME: `${record.name.toLowerCase()}.`,
    RECORD_TTL: String(record.ttlSeconds),
    TARGET_ADDRESS: target.network.privateAddress,
  };
}
