import { environments } from "../../bin/environments";
import { validateEnvironment } from "../../lib/config/validate";
import { repositoryHostsLine, targetsLine } from "../../lib/trust/pgbackrest-only";

const prod = validateEnvironment(environments.prod);
const publicKey = environments.prod.repository.hostKey;

test("the target gets into the repository host from its own address, for its own stanza in its repository", () => {
  expect(targetsLine(prod, publicKey)).toBe(
    `restrict,from="${prod.target.network.privateAddress}",command="/usr/local/sbin/pgbackrest-only repo tracker-ts /var/pg_backrest_data/repo3" ${publicKey} postgres@timescale-cutover-prod`,
  );
});

test("the repository host gets into the target from its own address, for the backups of its cluster", () => {
  const environment = { ...prod, repository: { ...prod.repository, publicKey } };
  expect(repositoryHostsLine(environment)).toBe(
    `restrict,from="172.31.203.209",command="/usr/local/sbin/pgbackrest-only pg tracker-ts /var/lib/postgresql/16/main" ${publicKey} timescale-cutover-repository`,
  );
});

test("where the repository host has no key it does not get into the target", () => {
  expect(repositoryHostsLine(prod)).toBeUndefined();
});
