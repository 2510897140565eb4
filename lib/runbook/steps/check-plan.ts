import type { Construct } from "constructs";
import { leftToPeople } from "../../checks/signoff-checklist";
import type { Environment } from "../../config/environment";
import { placeholdersIn } from "../../config/placeholders";
import { checkDocument } from "../check-document";
import { planConstants } from "../plan-constants";

/** Preflight's checks of the plan: the rehearsal, the window, and what nobody has decided or filled in yet. */
export function checkPlan(scope: Construct, environment: Environment) {
  return checkDocument(scope, environment, {
    step: "check-plan",
    description:
      "Checks the rehearsal, the window and the configuration for what is left open. Changes nothing.",
    side: "target",
    connects: false,
    shared: ["rehearsal-record"],
    constants: {
      ...planConstants(environment),
      PLACEHOLDERS: placeholdersIn(environment).join("\n"),
      CHECKLIST: leftToPeople.join("\n"),
    },
  });
}
