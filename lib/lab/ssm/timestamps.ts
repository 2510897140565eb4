/** AWS JSON 1.1 writes a time as seconds since the epoch, with a fraction. */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** The keys whose value is undefined left out, as AWS leaves out what it has not. */
export function present<Shape extends Record<string, unknown>>(shape: Shape): Partial<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Partial<Shape>;
}
