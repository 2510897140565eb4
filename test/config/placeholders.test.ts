import { environments } from "../../bin/environments";
import { placeholdersIn } from "../../lib/config/placeholders";
import { validateEnvironment } from "../../lib/config/validate";
import { prodWith } from "../runbook/environment";

describe("the placeholders of an environment", () => {
  test("are found in the example by their keys", () => {
    expect(placeholdersIn(prodWith())).toEqual([
      "prod.aws.account",
      "prod.source.instanceId",
      "prod.source.roleArn",
      "prod.target.network.vpcId",
      "prod.target.network.subnetId",
      "prod.repository.hostKey",
      "prod.repository.pgbackrest.repo3.cipher.passSecret",
      "prod.application.secretName",
      "prod.application.sourceHost",
      "prod.cutover.approvers[0]",
    ]);
    expect(placeholdersIn(validateEnvironment(environments.staging))).toContain("staging.aws.account");
  });

  test("are none once each is filled in", () => {
    expect(placeholdersIn(filledIn(prodWith()))).toEqual([]);
  });
});

function filledIn<Value>(environment: Value): Value {
  const text = JSON.stringify(environment)
    .replaceAll("placeholder", "our")
    .replaceAll("111122223333", "210987654321")
    .replaceAll(/-0(a{16}|b{16})/g, "-0a1b2c3d4e5f60718")
    .replace(/AAAAI[A]+"/, 'AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"');
  return JSON.parse(text) as Value;
}
