import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  documentParts,
  documentScript,
  documentSteps,
  userDataParts,
  userDataScript,
  userDataSteps,
} from "../../../lib/host/boot/boot-script";
import { withoutBashComments } from "../../../lib/script/asset";
import { environments } from "../../../bin/environments";
import { validateEnvironment } from "../../../lib/config/validate";

const prod = validateEnvironment(environments.prod);
const ASSETS = join(__dirname, "..", "..", "..", "assets");

/** shellcheck's findings; SC1091: boot.conf is there only on a host; SC2317: attempt and trap call functions by name. */
function shellcheck(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "boot-script-"));
  try {
    writeFileSync(join(folder, "boot.sh"), script);
    execFileSync("shellcheck", ["--exclude=SC1091,SC2317", join(folder, "boot.sh")], { encoding: "utf8" });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the boot's script", () => {
  test.each([
    ["steps", [...userDataSteps, ...documentSteps]],
    ["shared", [...userDataParts, ...documentParts]],
  ])("is made of every file in assets/boot/%s, each once", (folder, parts) => {
    const files = readdirSync(join(ASSETS, "boot", folder)).map((file) => file.replace(/\.sh$/, ""));
    expect([...parts].sort()).toEqual(files.sort());
  });

  test("is what the files say, without their comments", () => {
    const whole = userDataScript() + documentScript(prod);
    for (const step of [...userDataSteps, ...documentSteps]) {
      const file = readFileSync(join(ASSETS, "boot", "steps", `${step}.sh`), "utf8");
      const body = withoutBashComments(
        file.replace(/^#!\/bin\/bash\n/, "").replace(/^set -Eeuo pipefail\n/m, ""),
      );
      expect(whole).toContain(`begin ${step}\n${body}`);
    }
  });

  test("passes shellcheck, put together as the host runs it", () => {
    // The comments carry shellcheck's directives; they are in the files, which test/shellcheck.sh lints.
    expect(shellcheckedWithDirectives()).toBe("");
  });

  test("names no secret's value", () => {
    expect(userDataScript() + documentScript(prod)).not.toMatch(/cipher-pass=(?!@)/);
  });
});

function shellcheckedWithDirectives(): string {
  const read = (...path: string[]) => readFileSync(join(ASSETS, "boot", ...path), "utf8");
  const parts = [
    ...[...userDataParts, ...documentParts].map((part) => read("shared", `${part}.sh`)),
    ...[...userDataSteps, ...documentSteps].map((step) => read("steps", `${step}.sh`)),
  ];
  return shellcheck(parts.join("\n"));
}
