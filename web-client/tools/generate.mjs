// src/api/generated.ts from the committed contract. With --check nothing is written: it fails when the two have drifted.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
const contract = resolve(here, "../../contracts/referral.v1.json");
const generated = resolve(here, "../src/api/generated.ts");
const generator = resolve(here, "openapi");
const check = process.argv.includes("--check");

if (!existsSync(join(generator, "node_modules"))) {
  execFileSync("npm", ["ci", "--no-fund", "--no-audit"], { cwd: generator, stdio: "inherit" });
}
const output = check ? join(mkdtempSync(join(tmpdir(), "generated-")), "generated.ts") : generated;
execFileSync(process.execPath, [join(generator, "node_modules/openapi-typescript/bin/cli.js"), contract, "-o", output], { stdio: ["ignore", "ignore", "inherit"] });
if (check && readFileSync(output, "utf8") !== readFileSync(generated, "utf8")) {
  console.error("src/api/generated.ts does not match contracts/referral.v1.json: npm run generate");
  process.exit(1);
}
