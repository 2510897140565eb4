import { ServiceError } from "./errors";

/** One page of a list; the token is the place where the next begins. */
export function page<Item>(
  items: readonly Item[],
  request: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Item[]; NextToken?: string } {
  const from = request.NextToken === undefined ? 0 : placeOf(request.NextToken);
  const to = from + (request.MaxResults ?? 50);
  const next = to < items.length ? { NextToken: Buffer.from(`from:${to}`).toString("base64") } : {};
  return { items: items.slice(from, to), ...next };
}

/** Keeps what passes every filter; a key that is not in `keys` is refused by name. */
export function filtered<Item>(
  items: readonly Item[],
  filters: readonly { Key: string; Values: readonly string[] }[],
  keys: Record<string, (item: Item, values: readonly string[]) => boolean>,
): Item[] {
  const tests = filters.map(({ Key, Values }) => {
    const test = Object.hasOwn(keys, Key) ? keys[Key] : undefined;
    if (test === undefined) throw new ServiceError("InvalidFilterKey", `The lab has no filter ${Key}.`);
    return (item: Item): boolean => test(item, Values);
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

function placeOf(token: string): number {
  const place = /^from:([0-9]+)$/.exec(Buffer.from(token, "base64").toString())?.[1];
  if (place === undefined)
    throw new ServiceError("InvalidNextToken", "The token is not one of this endpoint.");
  return Number(place);
}
