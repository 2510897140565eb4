import type { Host } from "../host";
import { provision } from "./provision";
import type { RehearsalLab } from "./rehearsal-lab";

/** What the repository host's owner does once for each server: lets its postgres in, and makes room. */
export async function letIntoRepository(
  { lab, environment }: RehearsalLab,
  publicKey: string,
): Promise<void> {
  const { path } = environment.repository.pgbackrest.repo3;
  await provision(lab.hosts.repository, "let-in.sh", [path], `${publicKey.trim()}\n`);
}

/** The key that the target's boot made for its postgres. */
export async function targetPublicKey(target: Host): Promise<string> {
  const { stdout } = await target.run(["bash", "-c", "cat ~postgres/.ssh/id_ed25519.pub"]);
  if (stdout === "") throw new Error("The target's postgres has no key yet.");
  return stdout;
}
