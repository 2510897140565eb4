import { relayBucketNameFits } from "./bucket-name";
import { sourceDumpsBesideTheCluster, targetDumpsBesideTheCluster } from "./dump-directories";
import { extraRolesAreNamedOnce, securityGroupsAreNamedOnce } from "./duplicates";
import {
  compressLevelFitsItsType,
  endpointServesTheBucketsRegion,
  stanzaIsTheTargetsOwn,
} from "./pgbackrest";
import type { Rule } from "./rule";
import { secretsServeOnePurpose } from "./secrets";
import { sourceIsNotTheTarget, verifiedTlsHasItsCertificate } from "./source";
import { dataVolumeHoldsTheRestore, rootVolumeHoldsTheSystem } from "./volumes";

/** What no key says alone. */
export const rules: readonly Rule[] = [
  relayBucketNameFits,
  sourceIsNotTheTarget,
  verifiedTlsHasItsCertificate,
  sourceDumpsBesideTheCluster,
  targetDumpsBesideTheCluster,
  rootVolumeHoldsTheSystem,
  dataVolumeHoldsTheRestore,
  stanzaIsTheTargetsOwn,
  compressLevelFitsItsType,
  endpointServesTheBucketsRegion,
  extraRolesAreNamedOnce,
  securityGroupsAreNamedOnce,
  ...secretsServeOnePurpose,
];
