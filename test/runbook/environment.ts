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
