// How many taps and seconds the daily flows take, on the poorest phone: Chromium at 360 x 740, 400 kbit/s, 400 ms, a processor
// four times slower, against the product with its demo data. Never a test: it says figures.
// npm run flows [-- <address of a running demo>]    (without an address it starts the one that was built, in a folder of its own)
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const api = resolve(import.meta.dirname, "../../api/Referral.Api");
const kilobits = 400;
const latency = 400;
const slowDown = 4;
/** Seconds that a person needs for a tap, reading included in none of it. */
const perTap = 3;
const patience = 90_000;

const product = process.argv[2] ? { address: process.argv[2], end: () => undefined } : await start();
const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const rows = [];
  const officer = await enter("officer@police.example");
  const first = await found(officer, "Gulnaz Azmaishi");
  const second = await found(officer, "Shagufta Azmaishi");
  rows.push(["(a) found to referred, 2 needs, with a name that nobody has", 16, first], ["(a) once more, the screens are on the phone", 16, second]);
  const desk = await enter("desk@shelter.example");
  rows.push(["(b) provider answers", 3, await accepts(desk, first.code)]);
  rows.push(["(c) provider cannot help, from the open referral", 3, await declines(desk, second.code)]);
  rows.push(["(c) sender sends it on, from the notices", 2, await sendsOn(officer, second.code)]);
  rows.push(["(d) a part of the permission withdrawn, from the cases", 5, await withdraws(officer, first.code, "Health")]);
  rows.push(["(d) all of it, by the person's own word", 5, await withdraws(officer, second.code)]);
  const operator = await enter("operator@helpline.example");
  rows.push(["(e) junk call", 3, await junk(operator)], ["(e) the next one, on the same page", 2, await junk(operator)]);
  const inspector = await enter("inspector@police.example");
  rows.push(["(f) best-interests decision, signed in lately", 4, await decides(inspector, await proposed(officer))]);
  process.stdout.write(`\n| flow | taps | screens.md | machine | with ${perTap} s a tap |\n| --- | --- | --- | --- | --- |\n`);
  for (const [name, wanted, { taps, seconds }] of rows) {
    process.stdout.write(`| ${name} | ${taps} | ${wanted} | ${seconds.toFixed(1)} s | ${(taps * perTap + seconds).toFixed(0)} s |\n`);
  }
} finally {
  await browser.close();
  await product.end();
}

/** Signed in over a good connection, then as slow as the poorest phone. */
async function enter(email) {
  const context = await browser.newContext({ baseURL: product.address, viewport: { width: 360, height: 740 }, locale: "en-GB", timezoneId: "Asia/Karachi", serviceWorkers: "block" });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.goto("/web/signin?return=%2F&lang=en");
  await page.locator("#email").fill(email);
  await page.locator("#password").fill("kites over kasur");
  await page.locator("#password").press("Enter");
  await page.locator("nav.nav").waitFor();
  await settled(page);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: (kilobits * 1000) / 8, uploadThroughput: (kilobits * 1000) / 8 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
  await page.waitForTimeout(1000);
  return page;
}

async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll("main p.quiet[role=status], button[aria-busy=true]").length === 0);
}

/** Counts taps, and the time from each to the screen that it brings. */
function stopwatch(page) {
  const told = { taps: 0, seconds: 0 };
  const tap = async (target, ready) => {
    const since = performance.now();
    await target.click();
    await ready?.first().waitFor();
    told.taps += 1;
    told.seconds += (performance.now() - since) / 1000;
  };
  const button = (name) => page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name }).first();
  const heading = (name) => page.getByRole("heading", { name });
  return { told, tap, button, heading };
}

async function found(page, name) {
  const { told, tap, button, heading } = stopwatch(page);
  await tap(page.getByRole("link", { name: "New", exact: true }), button("Someone was found"));
  await tap(button("Someone was found"), page.getByLabel("Name in English letters"));
  await page.getByLabel("Name in English letters").fill(name);
  await tap(button("Search"), heading("Who is with you?"));
  await tap(button("Girl"), button("12-13"));
  await tap(button("12-13"), button("Kasur"));
  await tap(button("Kasur"), heading("Is there danger now?"));
  await tap(button(/^Yes, now/), page.getByRole("checkbox", { name: "Safe shelter" }));
  await tap(page.getByRole("checkbox", { name: "Safe shelter" }));
  await tap(page.getByRole("checkbox", { name: "Medical care" }));
  await tap(button("Continue"), heading("Check the answers"));
  await tap(button("Register as new"), button("The child, able to decide"));
  await tap(button("The child, able to decide"), page.getByRole("radio", { name: "Thumb print" }));
  await tap(page.getByRole("radio", { name: "Thumb print" }));
  await tap(button("They agree"), page.getByText("Safe home for girls"));
  await tap(button("Continue"), page.getByText(/They must answer by/));
  await tap(button(/^Send \d referral/), page.locator(".code"));
  return { ...told, code: await page.locator(".code").first().innerText() };
}

function cardOf(page, code) {
  return page.getByRole("listitem").filter({ hasText: code }).getByRole("link").first();
}

async function accepts(page, code) {
  const { told, tap, button } = stopwatch(page);
  await page.goto("/referrals/received");
  await cardOf(page, code).waitFor();
  await tap(cardOf(page, code), button(/^Accept and hold/));
  await tap(button(/^Accept and hold/), page.getByRole("dialog"));
  await tap(page.getByRole("dialog").getByRole("button", { name: /^Accept and hold/ }), button("Show name"));
  return told;
}

async function declines(page, code) {
  await page.goto("/referrals/received");
  const { told, tap, button } = stopwatch(page);
  await cardOf(page, code).click();
  await button("We cannot help").waitFor();
  const dialog = page.getByRole("dialog");
  const reason = dialog.getByRole("radio", { name: "No place free" });
  await tap(button("We cannot help"), reason);
  await tap(reason);
  await tap(dialog.getByRole("button", { name: "We cannot help", exact: true }), page.getByText("The sender was told."));
  return told;
}

/** What was declined is no longer open, so the notice leads there. */
async function sendsOn(page, code) {
  await page.goto("/notices");
  const { told, tap, button } = stopwatch(page);
  const notice = page.locator("main a[href^='/referrals/']").first();
  await notice.waitFor();
  const next = button(/^Send to /).or(page.getByRole("link", { name: /^Ask her again/ }));
  await tap(notice, next);
  await page.getByText(code).first().waitFor();
  process.stdout.write(`offered: ${await next.first().innerText()}\n`);
  await tap(next, page.getByRole("heading", { name: "Read this aloud" }).or(page.getByText(/^They have until|has been sent|Sent/)));
  return told;
}

/** @param part The one group that may no longer be shared; undefined: all that was allowed. */
async function withdraws(page, code, part) {
  await page.goto("/cases");
  await cardOf(page, code).waitFor();
  const { told, tap, button } = stopwatch(page);
  const dialog = page.getByRole("dialog");
  const effect = dialog.getByRole("heading", { name: "These lose access at once" });
  await tap(cardOf(page, code), button("Take back the permission"));
  await tap(button("Take back the permission"), effect);
  if (part) {
    const group = dialog.getByRole("checkbox", { name: part, exact: true });
    await tap(dialog.getByRole("radio", { name: "Only some of it" }), group);
    await tap(group, effect);
  }
  await tap(dialog.getByRole("button", { name: "Take back the permission" }), page.getByText(/^Ended at/));
  return told;
}

/** A child whose guardian cannot decide, as somebody else has written it down; her case code. */
function proposed(page) {
  return page.evaluate(async () => {
    const ask = async (path, init) => {
      const answer = await fetch(`/api/v1${path}`, init);
      if (!answer.ok) {
        throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      }
      return answer.json();
    };
    const send = (path, body) => ask(`/victims${path}`, { method: "POST", headers: { "Content-Type": "application/json", "X-NRS": "1" }, body: JSON.stringify(body) });
    const shelter = (await ask("/agencies?limit=200")).items.find(({ kind }) => kind === "shelter");
    const girl = await send("", { found: { district: "PK-PB-KSR" }, sex: "female", age: { band: "age_12_13" } });
    await send(`/${girl.id}/best-interests`, {
      ground: "guardian_conflicted", reason: "Her uncle works for the kiln.", childSaid: "I want to go to school.", tried: "Her aunt was looked for in Multan.",
      risks: "The uncle may hear of it.", groups: ["identity", "health"], purposes: ["provide_service"], recipients: { agencies: [shelter.id] },
      validTo: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    });
    return girl.caseCode;
  });
}

async function decides(page, code) {
  const { told, tap, button } = stopwatch(page);
  await tap(page.getByRole("link", { name: "Desk", exact: true }), cardOf(page, code));
  await tap(cardOf(page, code), button("Approve"));
  await page.getByText("I want to go to school.").waitFor();
  await tap(button("Approve"), page.getByRole("dialog"));
  await tap(page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }), page.getByText("Decided. Whoever asked is told."));
  return told;
}

async function junk(page) {
  const { told, tap, button } = stopwatch(page);
  const prank = page.getByRole("radio", { name: /Silent or prank/ });
  if (await prank.count() === 0) {
    await tap(page.getByRole("link", { name: "New call or visit" }), prank);
  }
  await tap(prank);
  await tap(button("Save, next call"), page.locator(".banner.info"));
  await page.waitForTimeout(500);
  return told;
}

/** The built API as people start it, on a port and in a folder of its own. */
async function start() {
  const dll = ["Release", "Debug"].map((kind) => join(api, "bin", kind, "net10.0/Referral.Api.dll")).find((path) => existsSync(path));
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), "referral-flows-"));
  const address = `http://localhost:${port}`;
  const server = spawn("dotnet", [dll, "--contentRoot", home], {
    cwd: home, stdio: "ignore",
    env: {
      ...process.env, ASPNETCORE_ENVIRONMENT: "Development", ASPNETCORE_URLS: address, Demo__Enabled: "true", Identity__DemoHints: "true",
      Identity__Issuer: `${address}/`, Web__Root: join(api, "wwwroot"),
    },
  });
  const until = Date.now() + 180_000;
  while (!(await fetch(`${address}/health/ready`).then(({ ok }) => ok, () => false))) {
    if (Date.now() > until || server.exitCode !== null) {
      throw new Error("The product did not become ready: build it first, dotnet build api/Referral.Api");
    }
    await new Promise((next) => setTimeout(next, 250));
  }
  return {
    address,
    end: () => new Promise((ended) => {
      server.once("exit", () => {
        rmSync(home, { recursive: true });
        ended();
      });
      server.kill();
    }),
  };
}

function freePort() {
  return new Promise((found) => {
    const listener = createServer().listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => found(port));
    });
  });
}
