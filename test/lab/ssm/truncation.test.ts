import { combinedOutput, standardErrorContent, standardOutputContent } from "../../../lib/lab/ssm/truncation";

const text = (length: number, letter = "x"): Buffer => Buffer.from(letter.repeat(length));

describe("the agent's truncation", () => {
  test("leaves 23,999 bytes of output whole and cuts 24,000, its marker counted", () => {
    expect(standardOutputContent(text(23_999))).toBe("x".repeat(23_999));
    expect(standardOutputContent(text(24_000))).toBe(`${"x".repeat(24_000 - 20)}--output truncated--`);
  });

  test("shows the first 8,000 characters of the errors", () => {
    expect(standardErrorContent(text(8_001))).toBe("x".repeat(8_000));
  });

  test("joins both streams under a title when they fit in 2,500", () => {
    expect(combinedOutput(Buffer.from("out"), Buffer.from("err"))).toBe("out\n----------ERROR-------\nerr");
    expect(combinedOutput(Buffer.from("out"), Buffer.alloc(0))).toBe("out");
  });

  test("cuts the output alone when the errors are short", () => {
    const cut = combinedOutput(text(3_000), Buffer.from("err"));
    expect(cut).toHaveLength(2_500);
    expect(cut).toMatch(/x\n---Output truncated---\n----------ERROR-------\nerr$/);
  });

  test("cuts the errors alone when the output is short", () => {
    const cut = combinedOutput(Buffer.from("out"), text(3_000));
    expect(cut).toHaveLength(2_500);
    expect(cut).toMatch(/^out\n----------ERROR-------\nx+\n---Error truncated----$/);
  });

  test("cuts each to a half when both are long, so that the end of a long output is lost", () => {
    const cut = combinedOutput(text(3_000), text(3_000, "y"));
    expect(cut).toMatch(/^x+\n---Output truncated---\n----------ERROR-------\ny+\n---Error truncated----$/);
    expect(cut.length).toBeLessThanOrEqual(2_500);
  });
});
