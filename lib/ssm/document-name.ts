import type { Finding } from "./problem";

const NAME = /^[a-zA-Z0-9_\-.]{3,128}$/;
const RESERVED = /^(aws|amazon|amzn)/i;

/** SSM's rules for a document's name. */
export function documentNameFindings(name: string): Finding[] {
  if (NAME.test(name) && !RESERVED.test(name)) return [];
  return [
    {
      why: "is not named as SSM wants it",
      remedy: "use 3 to 128 letters, digits, _, - and ., and begin with none of aws, amazon and amzn.",
    },
  ];
}
