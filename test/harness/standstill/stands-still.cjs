// For environment.test.ts: moves once and never again.
test("hangs", () => {
  globalThis.progress = { at: Date.now(), words: "step restore: started" };
  return new Promise(() => undefined);
});

test("comes after what hangs", () => undefined);
