import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checksTable } from "../lib/checks/table";

writeFileSync(join(__dirname, "..", "lib", "checks", "README.md"), checksTable());
