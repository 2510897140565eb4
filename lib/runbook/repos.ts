/** The repositories by their index in pgbackrest.conf: 3 on the repository host, 2 in S3. A drill begins with the near one. */
export const repos = [3, 2] as const;
export type Repo = (typeof repos)[number];
