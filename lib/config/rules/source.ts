import { z } from "zod";
import { network } from "../schema/network";
import { networkSource } from "../schema/source";
import { rule } from "./rule";

export const networkSourceIsNotTheTarget = rule(
  z.object({
    source: networkSource.pick({ kind: true, host: true }).strip(),
    target: z.object({ network: network.pick({ privateAddress: true }).strip() }),
  }),
  ({ source, target: { network } }) => {
    if (source.host !== network.privateAddress) return [];
    return [
      {
        path: ["target", "network", "privateAddress"],
        why: "is the source's address too: the database would be restored onto the server that it leaves",
        remedy:
          "Choose a free address of the target's own subnet, and write the old server's in source.host.",
      },
    ];
  },
);

export const verifiedTlsHasItsCertificate = rule(
  z.object({ source: networkSource.pick({ kind: true, tls: true, rootCertificate: true }).strip() }),
  ({ source }) => {
    if (source.tls === "require" || source.rootCertificate !== undefined) return [];
    return [
      {
        path: ["source", "tls"],
        why: "verifies the source's certificate, but source.rootCertificate says against none",
        remedy:
          "Set source.rootCertificate to the PEM file of the authority on the dump host " +
          '(a public one: "/etc/ssl/certs/ca-certificates.crt").',
      },
    ];
  },
);
