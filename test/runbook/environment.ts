import { environments } from "../../bin/environments";
import type { Environment } from "../../lib/config/environment";
import { validateEnvironment } from "../../lib/config/validate";

/** The committed prod environment, with changes. */
export function prodWith(changes: Partial<Environment> = {}): Environment {
  return validateEnvironment({ ...environments.prod, ...changes });
}

/** A source that is reached over the network. */
export const networkSource: Environment["source"] = {
  kind: "network",
  host: "old-db.internal",
  port: 5432,
  user: "postgres",
  tls: "verify-full",
  rootCertificate: "/etc/ssl/certs/old-db.pem",
  passwordSecret: "prod/tracker/source",
  maxBlockedSeconds: 30,
};

/** An environment that leaves nothing out: every step of the runbook is there. */
export const everythingConfigured: Environment = prodWith({
  application: {
    ...prodWith().application,
    dnsRecord: { hostedZoneId: "Z0123456789ABCDEFGHIJ", name: "db.tracker.glimpse.internal", ttlSeconds: 60 },
    restart: { documentName: "tracker-restart", targets: [{ key: "tag:Name", values: ["tracker"] }] },
    healthUrls: ["https://tracker.example/health"],
  },
  ownership: { mode: "reassign", role: "tracker" },
});
