import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { validateEnvironments } from "../lib/config/validate-all";
import { HostStack } from "../lib/host/host-stack";
import { RunbookStack } from "../lib/runbook/runbook-stack";
import { environments } from "./environments";

const app = new App();
for (const environment of Object.values(validateEnvironments(environments))) {
  const host = new HostStack(app, `timescale-cutover-${environment.name}-host`, { environment });
  const runbook = new RunbookStack(app, `timescale-cutover-${environment.name}-runbook`, { environment });
  // Its policy goes to the role that the host stack makes: deployed together, the two must not race.
  runbook.addStackDependency(host);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }));
app.synth();
