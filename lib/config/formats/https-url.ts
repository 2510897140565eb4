import { text, type Verdict } from "./text";

/** A plain HTTPS URL at its own port: what the target's security group lets out. */
export const httpsUrl = text(
  'an HTTPS URL without port, user, query or slash at its end, such as "https://packagecloud.io/timescale/timescaledb/ubuntu"',
  examineUrl,
);

const PLAIN = /^https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(\/[A-Za-z0-9._~+-]+)*$/;

function examineUrl(value: string): Verdict | undefined {
  if (PLAIN.test(value)) return undefined;
  if (/^http:\/\//.test(value)) {
    return {
      why: "is plain HTTP, which the target's security group lets nowhere",
      remedy: `Name a mirror with HTTPS, such as "${value.replace("http:", "https:")}" if there is one.`,
    };
  }
  if (/^https:\/\/[^/]*@/.test(value)) return { why: "has a user in it" };
  if (/^https:\/\/[^/]*:[0-9]+(\/|$)/.test(value)) {
    return { why: "has a port, and the target's security group lets HTTPS out to port 443 only" };
  }
  if (PLAIN.test(value.replace(/\/+$/, ""))) {
    return { why: "ends with a slash", remedy: `Write "${value.replace(/\/+$/, "")}".` };
  }
  return { why: "is no plain HTTPS URL" };
}
