import { readFileSync } from "node:fs";
import { parameterName } from "../../config/derived";
import { Application } from "../application/application";
import { seedApplication } from "../application/seed-application";
import { applicationPassword, storeApplicationSecret } from "./application-secret";
import { readParameter } from "./aws-contents";
import type { RehearsalLab } from "./rehearsal-lab";

/** Adds the application to the seeded source, lets its secret name the source, and starts it. */
export async function startApplication(lab: RehearsalLab): Promise<Application> {
  const { application, database } = lab.environment;
  const role = application.roleName;
  const password = applicationPassword(role);
  await seedApplication(lab.lab.hosts.source, { database: database.name, role, password });
  await storeApplicationSecret(lab.aws, lab.environment);
  return continueApplication(lab);
}

/** Starts the application once more: it goes on where its ledger ends. */
export async function continueApplication(lab: RehearsalLab): Promise<Application> {
  const { application, aws } = lab.environment;
  const trusted = await trustedCertificates(lab);
  return Application.start(lab.lab, { secretName: application.secretName, region: aws.region, trusted });
}

/** The authority that signed the source's certificate, and the one that the target made itself and published. */
export async function trustedCertificates({ aws, environment, lab }: RehearsalLab): Promise<string[]> {
  const published = await readParameter(aws, parameterName(environment, "server-certificate"));
  return [readFileSync(lab.file("authority/ca.crt"), "utf8"), `${published.trim()}\n`];
}
