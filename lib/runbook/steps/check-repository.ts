import type { Construct } from "constructs";
import { dataDirectory, parameterName } from "../../config/derived";
import type { Environment } from "../../config/environment";
import { checkDocument } from "../check-document";

/** Preflight's checks of the repository, made on the target. */
export function checkRepository(scope: Construct, environment: Environment) {
  const { repository, target, versions } = environment;
  const { pgbackrest } = repository;
  return checkDocument(scope, environment, {
    step: "check-repository",
    description:
      "Checks the repository, as the target sees it, for what would spoil the window. Changes nothing.",
    side: "target",
    connects: true,
    constants: {
      REPOSITORY_HOST: repository.hostName,
      REPOSITORY_ADDRESS: repository.address,
      REPOSITORY_SSH_PORT: String(repository.sshPort),
      REPOSITORY_USER: pgbackrest.repo3.hostUser,
      REPOSITORY_PATH: pgbackrest.repo3.path,
      PUBLIC_KEY_PARAMETER: parameterName(environment, "postgres-ssh-public-key"),
      PGBACKREST_VERSION: versions.pgbackrest,
      STANZA: pgbackrest.stanza,
      SOURCE_STANZA: pgbackrest.sourceStanza,
      REPO2_BUCKET: pgbackrest.repo2.bucket,
      REPO2_REGION: pgbackrest.repo2.region,
      REPO2_ENDPOINT_URL: endpointUrl(pgbackrest.repo2),
      REPO2_PATH: pgbackrest.repo2.path.slice(1),
      REPO2_CIPHER: pgbackrest.repo2.cipher.type,
      DATABASE_GIB: String(environment.database.sizeGiB),
      QUEUE_MAX_GIB: String(pgbackrest.archivePushQueueMaxGiB),
      SPOOL_PATH: pgbackrest.spoolPath,
      LOG_PATH: pgbackrest.logPath,
      DATA_DIRECTORY: dataDirectory(versions, target),
    },
  });
}

/** Empty for S3's own endpoint of the region, to which the AWS CLI goes by itself. */
function endpointUrl({ endpoint, region }: Environment["repository"]["pgbackrest"]["repo2"]): string {
  return endpoint === `s3.${region}.amazonaws.com` ? "" : `https://${endpoint}`;
}
