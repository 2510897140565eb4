import { z } from "zod";
import { alarms } from "../schema/alarms";
import { application } from "../schema/application";
import { cutover } from "../schema/cutover";
import { roleNames, sessionSettings } from "../schema/database";
import type { KeyPath } from "../key-path";
import { type Finding, rule } from "./rule";

export const extraRolesAreNamedOnce = rule(
  z.object({ extraRoles: roleNames.default([]) }),
  ({ extraRoles }) => repeated(extraRoles, ["extraRoles"]),
);

export const omittedRolesAreNamedOnce = rule(
  z.object({ omittedRoles: roleNames.default([]) }),
  ({ omittedRoles }) => repeated(omittedRoles, ["omittedRoles"]),
);

/** A role is either carried over or left behind. */
export const omittedRolesAreNoExtraRoles = rule(
  z.object({ extraRoles: roleNames.default([]), omittedRoles: roleNames.default([]) }),
  ({ extraRoles, omittedRoles }) =>
    omittedRoles.flatMap((role, index) =>
      extraRoles.includes(role)
        ? [
            {
              path: ["omittedRoles", index],
              why: "stands in extraRoles too",
              remedy: "Remove it from one of the two.",
            },
          ]
        : [],
    ),
);

export const leftSettingsAreNamedOnce = rule(
  z.object({ sessionSettings: sessionSettings.prefault({}) }),
  ({ sessionSettings }) => repeated(sessionSettings.left, ["sessionSettings", "left"]),
);

export const securityGroupsAreNamedOnce = rule(
  z.object({ application: application.pick({ securityGroupIds: true }).strip() }),
  ({ application }) => repeated(application.securityGroupIds, ["application", "securityGroupIds"]),
);

export const healthUrlsAreNamedOnce = rule(
  z.object({ application: application.pick({ healthUrls: true }).strip() }),
  ({ application }) => repeated(application.healthUrls, ["application", "healthUrls"]),
);

export const approversAreNamedOnce = rule(
  z.object({ cutover: cutover.pick({ approvers: true }).strip() }),
  ({ cutover }) => repeated(cutover.approvers, ["cutover", "approvers"]),
);

/** Upper and lower case are one mailbox nearly everywhere. */
export const emailsAreNamedOnce = rule(
  z.object({ alarms: alarms.pick({ emails: true }).strip() }),
  ({ alarms }) =>
    repeated(
      alarms.emails.map((email) => email.toLowerCase()),
      ["alarms", "emails"],
    ),
);

function repeated(entries: string[], list: KeyPath): Finding[] {
  return entries.flatMap((entry, index) => {
    const first = entries.indexOf(entry);
    if (first === index) return [];
    return [
      { path: [...list, index], why: `stands in the list already, at [${first}]`, remedy: "Remove it." },
    ];
  });
}
