import { environments } from "../../../bin/environments";
import { synthesizeHost } from "../../../lib/host/synthesize";
import { BootFailed } from "../../../lib/lab/boot-result";
import { deployHost } from "../../../lib/lab/rehearsal/deploy-host";
import { targetEnvironment } from "../../../lib/lab/rehearsal/lab-environment";
import { describeLab } from "../describe-lab";
import { startNewLab } from "../start-lab";

describeLab("A target whose image has the packages already", () => {
  it("is refused when one of them is at another version than the environment's", async () => {
    const start = startNewLab({
      started: ["target"],
      provisionTarget: async (facts, aws) => {
        const environment = targetEnvironment(environments.prod, { ...facts, pgbackrest: "2.54.0" });
        return deployHost(environment, synthesizeHost(environment), aws);
      },
    });

    await expect(start).rejects.toThrow(BootFailed);
    await expect(start).rejects.toThrow(
      /failed at packages \[package-version-differs\]: pgbackrest is at 2\.\S+, not at the wanted 2\.54\.0/,
    );
  });
});
