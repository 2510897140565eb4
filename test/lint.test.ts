import { execFile } from "node:child_process";
import { join } from "node:path";

// They take processors' time and no lab's, and so they run beside the labs.
test.each(["lint", "types"])("npm run %s finds nothing", async (script) => {
  expect(await complaintsOf(script)).toBe("");
});

/** What the script of package.json prints when it fails; "" when it succeeds. */
function complaintsOf(script: string): Promise<string> {
  const options = { cwd: join(__dirname, ".."), maxBuffer: 64e6 };
  return new Promise((resolve) =>
    execFile("npm", ["run", "--silent", script], options, (error, stdout, stderr) =>
      resolve(error === null ? "" : `${stdout}${stderr}` || error.message),
    ),
  );
}
