import type { Environment } from "../config/environment";
import type { Check } from "./check";

/** What check-repository looks at: the way to the repository host, then what is there, then what the target brings. */
export const repositoryChecks: readonly Check[] = [
  {
    id: "repository-name",
    meaning: "The repository host's name resolves on the target to the address that the environment says.",
    remedy: "Correct the name's DNS record, or repository.hostName and repository.address.",
    seconds: 10,
  },
  {
    id: "repository-configuration",
    meaning:
      "pgBackRest on the target takes its configuration. The plan's own is refused: it lacks repo2's endpoint and key type.",
    remedy:
      "Correct repository.pgbackrest in bin/environments.ts, deploy, and restart timescale-cutover-boot on the target.",
    seconds: 10,
  },
  {
    id: "repository-ssh",
    meaning:
      "The target's postgres gets into the repository host over SSH, with its own key and with no host key but the one that the environment pins.",
    remedy: "On the target, as postgres: ssh -v to the repository host.",
    seconds: 15,
  },
  {
    id: "repository-pgbackrest-version",
    meaning:
      "Target, repository host and environment have one version of pgBackRest: it talks to no other than its own.",
    remedy: "Install the repository host's version on the target: versions.pgbackrest.",
    seconds: 20,
    needs: "repository-ssh",
  },
  {
    id: "repository-cipher",
    meaning:
      "The target's passphrase opens what is in the repository: with a wrong one nobody can restore, and pgBackRest says so only on the day.",
    remedy:
      "Store the repository's own passphrase in the secret repository.pgbackrest.repo3.cipher names, then restart timescale-cutover-boot on the target.",
    seconds: 30,
    needs: "repository-pgbackrest-version",
  },
  {
    id: "repository-stanza",
    meaning:
      "The target's stanza is not there yet, or is this cluster's own. Into another cluster's it cannot archive, and pgBackRest's info shows that stanza as well as ever.",
    remedy:
      "Give the target a stanza of its own (repository.pgbackrest.stanza). If that one is an earlier target's and not wanted any more, its owner can remove it by pgbackrest stanza-delete. Never upgrade the source's stanza: that ends the source's archiving.",
    seconds: 20,
    needs: "repository-cipher",
  },
  {
    id: "repository-room",
    meaning:
      "The repository host may write to its repository, and has room there for a backup of the database.",
    remedy: "Ask the repository host's owner for room, or for an earlier expiry of what is there.",
    seconds: 15,
    needs: "repository-ssh",
  },
  {
    id: "repository-s3",
    meaning:
      "The S3 repository answers the target's role in time, and its stanza is not another cluster's. One repository that does not answer stops the archiving into the other too.",
    remedy:
      "Look at repository.pgbackrest.repo2, at the target role's policy, at the bucket's own, and at the way to S3.",
    seconds: 25,
  },
  {
    id: "repository-spool",
    meaning:
      "pgBackRest's spool on the target can be written and holds nothing of an earlier cluster: a segment that it calls archived never reaches the repository. While archiving is off that is a warning: a cutover empties it.",
    remedy: "Remove the acknowledgements (*.ok) from the stanza's folder in the spool.",
    seconds: 10,
    applies: archivesAsync,
  },
  {
    id: "repository-queue-max",
    meaning:
      "The volume has room for the WAL that may wait for the repository: where it has not, PostgreSQL stops before pgBackRest drops any. And none was dropped.",
    remedy: "Lower repository.pgbackrest.archivePushQueueMaxGiB, or make the data volume larger.",
    seconds: 15,
  },
];

function archivesAsync({ repository }: Environment): boolean {
  return repository.pgbackrest.archiveAsync;
}
