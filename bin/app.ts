import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { hostStackName } from "../lib/config/derived";
import { validateEnvironments } from "../lib/config/validate-all";
import { HostStack } from "../lib/host/host-stack";
import { RunbookStack } from "../lib/runbook/runbook-stack";
import { environments } from "./environments";

const app = new App();
for (const environment of Object.values(validateEnvironments(environments))) {
  new HostStack(app, hostStackName(environment), { environment });
  // No dependency: `cdk deploy` of the runbook would deploy the host stack as well.
  new RunbookStack(app, `timescale-cutover-${environment.name}-runbook`, { environment });
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }));
app.synth();
