import { acceptParameter } from "../../lib/operator/accept";

describe("what --accept names", () => {
  test("is given as the comparison writes it, each once", () => {
    expect(acceptParameter(undefined)).toBeUndefined();
    expect(acceptParameter(["relation public.x", "relation public.x", "table public.y, options"])).toBe(
      '["relation public.x","table public.y, options"]',
    );
  });

  test("is refused where it names no difference, or more than Systems Manager takes", () => {
    expect(() => acceptParameter(["public.x"])).toThrow(/"public.x" is no name of a difference/);
    for (const name of ["relation *", "relation public.x,relation public.y", "relation public.x ", "*", ""])
      expect(() => acceptParameter([name])).toThrow(/is no name of a difference/);
    const many = Array.from({ length: 60 }, (_, place) => `relation public.t${place}`);
    expect(() => acceptParameter(many)).toThrow(/Systems Manager takes 512/);
  });
});
