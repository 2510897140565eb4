import { patterned, text, type Verdict } from "./text";

const LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

export const hostName = patterned(
  'a host name or an IPv4 address, without scheme or port, such as "pg-backrest.timescale.glimpse.internal"',
  new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`),
  "is no host name",
);

export const ipv4Address = text('an IPv4 address, such as "172.31.203.209"', (value) =>
  ipv4Number(value) === undefined ? { why: "is no IPv4 address" } : undefined,
);

/** An address that an instance can have in a VPC; whether it is free in its subnet, only EC2 knows. */
export const instanceAddress = text('the IPv4 address of an instance, such as "172.31.202.20"', (value) => {
  const number = ipv4Number(value);
  if (number === undefined) return { why: "is no IPv4 address" };
  const first = Math.floor(number / 2 ** 24);
  if (first === 0 || first === 127 || first >= 224 || value.startsWith("169.254.")) {
    return { why: "is an address that no instance can have", remedy: "Choose a free address of the subnet." };
  }
  return undefined;
});

/** The range that a firewall rule for one host admits: exactly that host. */
export const oneHostCidr = text(
  'the one address that may connect, as an IPv4 CIDR with /32, such as "172.31.203.209/32"',
  examineOneHostCidr,
);

function examineOneHostCidr(value: string): Verdict | undefined {
  const [address = "", prefix = "", ...rest] = value.split("/");
  const number = ipv4Number(address);
  const bits = /^(0|[1-9][0-9]?)$/.test(prefix) ? Number(prefix) : NaN;
  if (number === undefined || !(bits <= 32) || rest.length > 0) return { why: "is no IPv4 CIDR" };
  if (bits === 32) return undefined;

  const size = 2 ** (32 - bits);
  const hostBits = number % size;
  const remedy =
    hostBits === 0
      ? "Write the one address that needs to connect, with /32."
      : `Write "${address}/32" if it is the one host that is meant.`;
  const network =
    hostBits === 0 ? "" : `has host bits set (its network is ${ipv4Text(number - hostBits)}/${bits}) and `;
  return { why: `${network}admits ${size} addresses where one host is meant`, remedy };
}

function ipv4Number(value: string): number | undefined {
  const parts = value.split(".");
  // A leading zero is refused: some programs read 010 as 8.
  const octets = parts.filter((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
  if (parts.length !== 4 || octets.length !== 4) return undefined;
  return octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
