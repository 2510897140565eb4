import type { Environment } from "../../config/environment";

/** What is watched. The two ids may be tokens. */
export interface Watched {
  readonly environment: Environment;
  /** The target, `i-...`. */
  readonly instanceId: string;
  /** Its data volume, `vol-...`. */
  readonly volumeId: string;
}
