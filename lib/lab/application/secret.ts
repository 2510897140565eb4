import { z } from "zod";

/** What the application reads of its secret; the other keys are other people's. */
const schema = z.looseObject({
  host: z.string().min(1),
  port: z.coerce.number().int().positive(),
  dbname: z.string().min(1),
  username: z.string().min(1),
  password: z.string().min(1),
});

export interface ConnectionSecret {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
}

export function readConnection(secretString: string): ConnectionSecret {
  const { host, port, dbname, username, password } = schema.parse(JSON.parse(secretString));
  return { host, port, dbname, username, password };
}

export function isSameConnection(one: ConnectionSecret, other: ConnectionSecret): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The secret as its owner keeps it: beside the connection a text and a nested value, which a switch has to keep. */
export function connectionSecretString(connection: ConnectionSecret): string {
  return JSON.stringify({
    engine: "postgres",
    ...connection,
    pool: { size: 4, idleSeconds: 30, names: ["tracker", null] },
  });
}
