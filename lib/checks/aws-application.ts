import type { Environment } from "../config/environment";
import type { Check } from "./check";

const hasRecord = ({ application }: Environment) => application.dnsRecord !== undefined;
const hasRestart = ({ application }: Environment) => application.restart !== undefined;
const hasHealthUrls = ({ application }: Environment) => application.healthUrls.length > 0;

/** What the switch changes of the application, and by what it is seen to be well. */
export const applicationChecks: readonly Check[] = [
  {
    id: "aws-application-secret",
    meaning:
      "The application's secret exists, can be read, has the keys host, port, dbname, username and password for this database and role, and points at the source.",
    remedy: "Correct application.secretName, sourceHost, sourcePort and roleName, or the secret.",
    seconds: 30,
    needs: "aws-identity",
  },
  {
    id: "aws-secret-labels",
    meaning:
      "The application's secret has room for the staging label that the switch puts for a moment: Secrets Manager lets a secret have 20.",
    remedy:
      "Take labels away that nobody reads: aws secretsmanager update-secret-version-stage --remove-from-version-id.",
    seconds: 20,
    needs: "aws-application-secret",
  },
  {
    id: "aws-dns-record",
    meaning:
      "The application's DNS record is one that the switch can change, leads to the source, and has a TTL no longer than application.dnsRecord.ttlSeconds: resolvers keep the source for so long after the switch.",
    remedy: "Correct application.dnsRecord, or the record.",
    seconds: 40,
    needs: "aws-identity",
    applies: hasRecord,
  },
  {
    id: "aws-restart-document",
    meaning: "The document that restarts the application exists, is Active and of type Command.",
    remedy: "Correct application.restart.documentName, or make the document.",
    seconds: 20,
    needs: "aws-identity",
    applies: hasRestart,
  },
  {
    id: "aws-health-urls",
    meaning: "The application's health URLs answer 2xx from the target now, as they must after the switch.",
    remedy:
      "See whether the application is well, and whether the target's security group and routes let it reach them.",
    seconds: 60,
    applies: hasHealthUrls,
  },
  {
    id: "aws-application-groups",
    meaning: "At least one security group of the application is let in to the target.",
    remedy:
      "Name the application's security groups in application.securityGroupIds and deploy the host stack, or let them in otherwise.",
    seconds: 5,
  },
];
