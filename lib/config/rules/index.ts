import { backlogAlarmsBeforeWalIsDropped } from "./alarms";
import { relayBucketNameFits } from "./bucket-name";
import { sourceDumpsBesideTheCluster, targetDumpsBesideTheCluster } from "./dump-directories";
import {
  approversAreNamedOnce,
  emailsAreNamedOnce,
  extraRolesAreNamedOnce,
  healthUrlsAreNamedOnce,
  leftSettingsAreNamedOnce,
  omittedRolesAreNamedOnce,
  omittedRolesAreNoExtraRoles,
  securityGroupsAreNamedOnce,
} from "./duplicates";
import { imageIsBuiltForTheType, memoryIsKnown } from "./instance";
import { sshIsFromTheRepositoryHost, targetIsNotTheRepositoryHost, zoneIsInTheRegion } from "./network";
import { compressLevelFitsItsType, endpointServesTheBucketsRegion } from "./pgbackrest";
import type { Rule } from "./rule";
import { secretsServeOnePurpose } from "./secrets";
import { theSwitchChangesTheSecret } from "./switch";
import { networkSourceIsNotTheTarget, verifiedTlsHasItsCertificate } from "./source";
import { dataVolumeHoldsTheRestore, rootVolumeHoldsTheSystem } from "./volumes";

/** What no key says alone. */
export const rules: readonly Rule[] = [
  relayBucketNameFits,
  networkSourceIsNotTheTarget,
  verifiedTlsHasItsCertificate,
  memoryIsKnown,
  imageIsBuiltForTheType,
  zoneIsInTheRegion,
  targetIsNotTheRepositoryHost,
  sshIsFromTheRepositoryHost,
  sourceDumpsBesideTheCluster,
  targetDumpsBesideTheCluster,
  rootVolumeHoldsTheSystem,
  dataVolumeHoldsTheRestore,
  compressLevelFitsItsType,
  endpointServesTheBucketsRegion,
  extraRolesAreNamedOnce,
  omittedRolesAreNamedOnce,
  omittedRolesAreNoExtraRoles,
  leftSettingsAreNamedOnce,
  securityGroupsAreNamedOnce,
  emailsAreNamedOnce,
  approversAreNamedOnce,
  healthUrlsAreNamedOnce,
  theSwitchChangesTheSecret,
  backlogAlarmsBeforeWalIsDropped,
  ...secretsServeOnePurpose,
];
