import { parameterName } from "../../config/derived";
import { pgbackrestOnly, targetsLine } from "../../trust/pgbackrest-only";
import { readParameter } from "./aws-contents";
import { provision } from "./provision";
import type { RehearsalLab } from "./rehearsal-lab";

/** Lets the target's postgres in for its stanza alone, by what `cutover trust` tells the repository host's owner. */
export async function letTargetIn(rehearsal: RehearsalLab): Promise<void> {
  const { aws, environment, lab } = rehearsal;
  const { path, script } = pgbackrestOnly;
  await provision(lab.hosts.repository, "install-script.sh", [path], script());
  const published = await readParameter(aws, parameterName(environment, "postgres-ssh-public-key"));
  const [type, base64] = published.split(" ");
  await letIn(rehearsal, targetsLine(environment, `${type} ${base64}`));
}

/** Lets the source's postgres in as its owner once did: with a shell, and for every stanza. */
export async function letSourceIn(rehearsal: RehearsalLab, publicKey: string): Promise<void> {
  await letIn(rehearsal, publicKey.trim());
}

async function letIn({ lab, environment }: RehearsalLab, line: string): Promise<void> {
  const { path } = environment.repository.pgbackrest.repo3;
  await provision(lab.hosts.repository, "let-in.sh", [path], `${line}\n`);
}
