import { partsOf } from "./instance-type";

/** GiB of the burstable types, whose sizes follow no rule (https://aws.amazon.com/ec2/instance-types/t3/). */
const BURSTABLE: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/** GiB for each processor, by family class: compute, general and memory (the families' pages at the same address). */
const GIB_PER_PROCESSOR: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** c5n has 2.625 GiB for each processor, and not in every size: it is left out. */
const FIFTH = /^([mr]5(a|ad|d|n|dn)?|r5b|c5(a|ad|d)?)$/;
const SIXTH = /^[cmr]6(a|g|gd|gn|i|id|idn|in)$/;
const SEVENTH = /^[cmr]7(a|g|gd|gn|i|i-flex)$/;

const PROCESSORS: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };
const MULTIPLES = [2, 4, 8, 9, 12, 16, 18, 24, 32, 48];

/**
 * Memory of an EC2 instance type in GiB, for the usual families (t2, t3, t3a, t4g; c, m and r of the fifth to
 * seventh generation); undefined for any other, and for `metal`. A size that AWS does not make of a family is
 * not noticed here: EC2 refuses it.
 */
export function memoryGiB(instanceType: string): number | undefined {
  const { family, size } = partsOf(instanceType);
  if (/^(t2|t3|t3a|t4g)$/.test(family)) return BURSTABLE[size];
  if (![FIFTH, SIXTH, SEVENTH].some((pattern) => pattern.test(family))) return undefined;
  const processors = processorsOf(size);
  return processors && processors * GIB_PER_PROCESSOR[family[0]!]!;
}

function processorsOf(size: string): number | undefined {
  const multiple = MULTIPLES.find((times) => size === `${times}xlarge`);
  return multiple === undefined ? PROCESSORS[size] : multiple * 4;
}
