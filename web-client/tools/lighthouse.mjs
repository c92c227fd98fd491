// Lighthouse on sign-in, worklist and referral page of a running product, signed in, on Lighthouse's phone: the median of several runs counts, as Lighthouse advises.
// What search engines may read is left out: nothing, as the pages say, and the sign-in page lets nothing be fetched from within it.
// npm exec --yes --package=lighthouse@12.8.2 -- node tools/lighthouse.mjs [http://localhost:5080] [runs]
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const least = 95;
const port = 9333;
const [base = "http://localhost:5080", runs = "5"] = process.argv.slice(2);
const signInAddress = `${base}/web/signin?return=%2F&lang=en`;
const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [`--remote-debugging-port=${port}`],
});
let isReached = true;
try {
  await audit("sign-in", signInAddress);
  await signIn("desk@shelter.example", "kites over kasur");
  await audit("worklist", `${base}/referrals/received`);
  await audit("referral", `${base}/referrals/${await firstReferral()}`);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exitCode = isReached ? 0 : 1;

async function signIn(email, password) {
  const page = await browser.newPage();
  await page.goto(signInAddress);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.locator("form button").first().click();
  await page.waitForURL(`${base}/**`);
  await page.locator("main h1").first().waitFor();
  await page.close();
}

async function firstReferral() {
  const page = await browser.newPage();
  await page.goto(`${base}/referrals/received`);
  const link = page.locator("main li a, main td a").first();
  const href = await link.getAttribute("href");
  await page.close();
  return href.split("/").at(-1);
}

// Not in step with this program, which has to answer the browser meanwhile.
async function audit(name, url) {
  const all = {};
  const failed = new Set();
  for (let run = 0; run < Number(runs); run++) {
    const { stdout } = await promisify(execFile)("lighthouse", [url, `--port=${port}`, "--disable-storage-reset", "--skip-audits=is-crawlable,robots-txt", "--output=json", "--quiet"], { maxBuffer: 1 << 28, timeout: 120_000 });
    const report = JSON.parse(stdout);
    for (const [category, { score, auditRefs }] of Object.entries(report.categories)) {
      (all[category] ??= []).push(Math.round(100 * score));
      for (const { id, weight } of auditRefs) {
        const audit = report.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 0.9) {
          failed.add(`${category}: ${id}`);
        }
      }
    }
  }
  const scores = Object.fromEntries(Object.entries(all).map(([category, each]) => [category, each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)]]));
  console.log(`| ${name} | ${Object.entries(scores).map(([category, score]) => `${category} ${score}`).join(" | ")} |`);
  for (const line of failed) {
    console.log(`  ${line}`);
  }
  isReached &&= Object.values(scores).every((score) => score >= least);
}
