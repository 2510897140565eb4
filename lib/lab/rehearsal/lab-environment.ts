import type { Environment, EnvironmentInput } from "../../config/environment";
import { majorVersion } from "../../config/derived";
import { validateEnvironment } from "../../config/validate";
import { addresses } from "../lab-hosts";
import type { TargetFacts } from "../target-provision";
import { labApplication, labCutover } from "./lab-application";

/** What a rehearsal changes of the environment that it rehearses. */
export interface RehearsalSettings {
  /** The database that moves. */
  readonly database: string;
  readonly ownership: Environment["ownership"]["mode"];
  /** How the source is reached: over its local socket (managed), or over the network from the target. */
  readonly source: "managed" | "network";
  /** Whom reassign hands all objects to; the environment's own role, or the plan's, unless set. */
  readonly owner?: string;
  readonly extraRoles?: readonly string[];
  readonly maxBlockedSeconds?: number;
}

/** The name of the lab's secret with the network source's password. */
export const sourcePasswordSecret = "timescale-cutover/lab/source-password";
/** Where the lab's hosts keep the authority that signed the servers' certificates. */
const labAuthority = "/etc/ssl/lab/ca.crt";

/**
 * The environment as the lab rehearses it: the same but for what the lab's image decides (versions, and that packages are
 * there), the addresses and the key of the lab's hosts, what the user asked for, the source's address where it is
 * reached over the network, and the application, which is the lab's own.
 */
export function labEnvironment(
  rehearsed: EnvironmentInput,
  facts: TargetFacts,
  settings: RehearsalSettings,
): Environment {
  return validateEnvironment({
    ...rehearsedOn(rehearsed, facts),
    database: { ...rehearsed.database, name: settings.database },
    ownership:
      settings.ownership === "preserve"
        ? { mode: "preserve" }
        : { mode: "reassign", role: settings.owner ?? ownerOf(rehearsed) },
    extraRoles: settings.extraRoles ?? rehearsed.extraRoles,
    source: sourceOf(rehearsed, settings),
  });
}

/** The environment that a lab will have, as far as it is known before one is there: its versions are the user's. */
export function plannedEnvironment(rehearsed: EnvironmentInput, settings: RehearsalSettings): Environment {
  const { repository, versions } = validateEnvironment(rehearsed);
  const postgresql = { version: versions.postgresql, major: majorVersion(versions.postgresql) };
  const facts = { ...versions, postgresql, address: addresses.target, repositoryHostKey: repository.hostKey };
  return labEnvironment(rehearsed, facts, settings);
}

/** The environment that the target boots with. */
export function targetEnvironment(rehearsed: EnvironmentInput, facts: TargetFacts): Environment {
  return validateEnvironment(rehearsedOn(rehearsed, facts));
}

function rehearsedOn(rehearsed: EnvironmentInput, facts: TargetFacts): EnvironmentInput {
  const { postgresql, timescaledb, postgis, pgbackrest } = facts;
  return {
    ...rehearsed,
    versions: { postgresql: postgresql.version, timescaledb, postgis, pgbackrest },
    target: {
      ...rehearsed.target,
      packages: "preinstalled",
      network: { ...rehearsed.target.network, privateAddress: facts.address },
    },
    repository: {
      ...rehearsed.repository,
      address: addresses.repository,
      sshFrom: `${addresses.repository}/32`,
      hostKey: facts.repositoryHostKey,
    },
    application: labApplication(rehearsed),
    cutover: labCutover(rehearsed),
    // It begins when the cutover does.
    maintenanceWindow: { hours: 4 },
  };
}

function sourceOf({ source }: EnvironmentInput, settings: RehearsalSettings): EnvironmentInput["source"] {
  const maxBlockedSeconds = settings.maxBlockedSeconds ?? source.maxBlockedSeconds;
  if (settings.source === "managed") return { ...source, maxBlockedSeconds } as EnvironmentInput["source"];
  return {
    kind: "network",
    host: "source",
    port: 5432,
    user: "postgres",
    tls: "verify-full",
    rootCertificate: labAuthority,
    passwordSecret: sourcePasswordSecret,
    maxBlockedSeconds,
  };
}

/** The role of the environment's own `reassign`, which is the plan's. */
function ownerOf({ ownership }: EnvironmentInput): string {
  return ownership?.mode === "reassign" ? ownership.role : "tracker";
}

/** The lab's source stands in for the environment's own, so the operator's command line finds it. */
export function instanceIdsOf({ source }: EnvironmentInput): { source?: string } {
  return source.kind === "managed" ? { source: source.instanceId } : {};
}
