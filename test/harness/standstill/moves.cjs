// For environment.test.ts: takes three times as long as nothing may move, and moves all along.
test("goes on", async () => {
  for (let step = 0; step < 6; step += 1) {
    globalThis.progress = { at: Date.now(), words: `step ${step}` };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
});
