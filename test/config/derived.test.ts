import { environments } from "../../bin/environments";
import {
  dataDirectory,
  hostLogGroupName,
  parameterName,
  relayBucketName,
  targetRoleName,
} from "../../lib/config/derived";
import { validateEnvironment } from "../../lib/config/validate";

const prod = validateEnvironment(environments.prod);

test("The cluster's data directory is the plan's", () => {
  expect(dataDirectory(prod.versions, prod.target)).toBe("/var/lib/postgresql/16/main");
});

test("The relay bucket is named after the environment, its account and its region", () => {
  expect(relayBucketName(prod)).toBe("timescale-cutover-prod-111122223333-eu-west-2-relay");
});

test("The host's role, parameters and log group are named after the environment", () => {
  expect(targetRoleName(prod)).toBe("timescale-cutover-prod-target");
  expect(parameterName(prod, "postgres-ssh-public-key")).toBe(
    "/timescale-cutover/prod/postgres-ssh-public-key",
  );
  expect(parameterName(prod, "server-certificate")).toBe("/timescale-cutover/prod/server-certificate");
  expect(hostLogGroupName(prod)).toBe("/timescale-cutover/prod/host");
});
