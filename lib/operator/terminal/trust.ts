import type { Environment } from "../../config/environment";
import { writesFile } from "../../script/bash";
import type { Trust } from "../trust";

/** For the repository host's owner: each step as it is typed there. */
export function trustLines(trust: Trust, { target }: Environment): string[] {
  const { host, user, script, authorizedKey, knownHost, checks } = trust;
  return [
    `For the owner of ${host.name} (${host.address}), as root on that host.`,
    "",
    `1. The forced command ${script.path}, which lets through nothing but one stanza's pgBackRest:`,
    "",
    writesFile(script.path, script.text, "END-OF-FILE"),
    `chown root:root ${script.path} && chmod 0755 ${script.path}`,
    "",
    `2. This line in ~${user}/.ssh/authorized_keys, in place of an earlier one of that key (one line, 0600, ${user}'s):`,
    "",
    authorizedKey,
    "",
    ...(knownHost === null
      ? []
      : [
          `3. This line in ~${user}/.ssh/known_hosts, for the backups that are started there:`,
          "",
          knownHost,
          "",
        ]),
    `Then, on the target (${target.network.privateAddress}), as postgres:`,
    "",
    ...checks.flatMap(({ command, says }) => [command, `  says: ${says}`]),
    "",
    "cutover check makes these and all other checks of the repository.",
  ];
}
