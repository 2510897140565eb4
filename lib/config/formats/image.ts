import { patterned, text, type Verdict } from "./text";

export const imageId = patterned(
  'the id of a machine image, "ami-" and 17 (or 8) digits 0-9a-f, such as "ami-0123456789abcdef0"',
  /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
  "is no id of a machine image",
);

/** A public parameter that never moves: one that does would replace the instance at a later deploy. */
export const imageParameter = text(
  "the dated SSM parameter of a machine image, such as " +
    '"/aws/service/canonical/ubuntu/server/noble/stable/20260218/amd64/hvm/ebs-gp3/ami-id"',
  examineParameter,
);

const DATE = /(?<![0-9])20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])/;
const MOVES = /(?<![a-z])(current|latest)(?![a-z])/;

function examineParameter(value: string): Verdict | undefined {
  if (!/^(\/[A-Za-z0-9_.-]+)+$/.test(value)) return { why: "is no name of an SSM parameter" };
  const moving = MOVES.exec(value)?.[0];
  if (moving === undefined && DATE.test(value)) return undefined;
  const why = moving === undefined ? "has no date (YYYYMMDD)" : `holds "${moving}"`;
  return {
    why: `${why}: a parameter that moves replaces the instance at a later deploy`,
    remedy:
      'Name the dated one (aws ssm get-parameters-by-path lists them), or write { amiId: "ami-…" } instead.',
  };
}
