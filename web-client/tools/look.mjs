// Pictures of every screen, phone and desktop, English and Urdu, light, dark and in forced colours, against invented answers; axe looks too.
// node tools/look.mjs [part of a screen's name] [part of phone.en.light, or of phone.en.forced]
import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { answerTo, ids, report } from "./answers.mjs";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const pictures = join(root, "pictures");
const [only = "", where = ""] = process.argv.slice(2);
const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json" };

const draft = "01930000-0000-7000-8000-0000000000e1";
const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const provider = { areas: ["work", "places", "account"] };
const desk = { areas: ["find", "register", "reports", "account"] };
const auditor = { areas: ["audit", "account"] };
const save = /^(Save, next|محفوظ کریں، اگلی)/;
const needsHelp = /(Needs help|مدد چاہیے، یا)/;
const allowed = /^(Permission is already|اجازت پہلے سے)/;
const approve = /^(Approve|منظور کریں)/;
const goOn = /^(Continue|آگے بڑھیں)/;
const screens = [
  ["welcome", "/", { signedOut: true }],
  ["received", "/referrals/received", provider],
  ["sent", "/referrals/sent"],
  ["cases", "/cases"],
  ["case", `/cases/${ids.girl}`],
  ["referral-new", `/referrals/${ids.fresh}`, provider],
  ["referral-accept", `/referrals/${ids.fresh}`, { ...provider, press: [/^(Accept|قبول)/] }],
  ["referral-decline", `/referrals/${ids.fresh}`, { ...provider, press: [/^(We cannot|ہم مدد)/] }],
  ["referral-accepted", `/referrals/${ids.accepted}`, { ...provider, press: [/^(Show name|نام دکھائیں)/] }],
  ["referral-declined", `/referrals/${ids.declined}`],
  ["referral-asked", `/referrals/${ids.asked}`],
  ["group", `/groups/${ids.set}`, provider],
  ["group-accept", `/groups/${ids.set}`, { ...provider, press: [/^(Accept and|قبول کریں، 2)/] }],
  ["group-some", `/groups/${ids.set}`, { ...provider, press: [/^(Accept and|قبول کریں، 2)/], untick: /^2\./ }],
  ["group-decline", `/groups/${ids.set}`, { ...provider, press: [/^(We cannot|ہم مدد)/] }],
  ["group-apart", `/groups/${ids.setSent}`],
  ["group-ask", `/groups/${ids.setSent}`, { press: [/^(Ask the supervisor|نگران سے)/] }],
  ["group-coming", `/groups/${ids.setComing}`, provider],
  ["group-count", `/groups/${ids.setComing}`, { ...provider, press: [/^(Count them|گنیں)/, /^(Count them|گنیں)/], whole: true }],
  ["group-handover", `/groups/${ids.setComing}`, { ...provider, press: [/^(Write down|1 کی سپردگی)/], whole: true }],
  ["group-decide", `/groups/${ids.setApart}`, { press: [/^(Refuse for all|سب کے لیے نامنظور)/] }],
  ["pin", "/account/pin"],
  ["group-draft", `/groups/${ids.draft}`, { press: [/^(Send 2|2 ریفرل بھیجیں)/] }],
  ["register-family", "/register/family", { whole: true }],
  ["register-family-wrong", "/register/family", { press: [/^(Register 0|0 افراد)/], whole: true }],
  ["voice", `/cases/${ids.girl}/voice`, { press: [/^(Give her a code|کوڈ دیں)/], whole: true }],
  ["voice-answer", `/cases/${ids.girl}/voice`, { press: [/^(Write down what became|لکھیں کہ کیا ہوا)/] }],
  ["seen", `/cases/${ids.girl}/seen`, { whole: true }],
  ["files", `/cases/${ids.girl}/files`, { press: [/^(Show|دکھائیں)/], whole: true }],
  ["household", `/households/${ids.household}/refer`],
  ["handover-write", `/referrals/${ids.accepted}/handover`, { ...provider, whole: true }],
  ["handover-wrong", `/referrals/${ids.accepted}/handover`, { ...provider, press: [/^(Save the handover|سپردگی محفوظ)/], whole: true }],
  ["handover-confirm", `/referrals/${ids.fresh}/handover`, { ...provider, whole: true }],
  ["handover-missing", `/referrals/${ids.asked}/handover`, { whole: true }],
  ["find", "/find"],
  ["find-wrong", "/find", { press: [/^(Search|تلاش کریں)/] }],
  ["register", "/register"],
  ...["name", "who", "age", "district", "danger", "needs"].map((step) => [`register-${step}`, `/register/${draft}/${step}`]),
  ["refer-needs", `/cases/${ids.girl}/refer/needs`],
  ["refer-permission", `/cases/${ids.girl}/refer/permission`],
  ["refer-agree", `/cases/${ids.girl}/refer/permission`, { press: [/^(The child agrees|بچہ راضی ہے)/], whole: true }],
  ["refer-agree-wrong", `/cases/${ids.girl}/refer/permission`, { press: [/^(The child agrees|بچہ راضی ہے)/, /^(They agree|وہ راضی ہیں)/] }],
  ["refer-matches", `/cases/${ids.girl}/refer/matches`],
  ["refer-share", `/cases/${ids.girl}/refer/permission`, { press: [allowed, goOn], whole: true }],
  ["refer-check", `/cases/${ids.girl}/refer/permission`, { press: [allowed, goOn, goOn], whole: true }],
  ["refer-next", `/cases/${ids.girl}/refer/permission`, { press: [allowed, goOn, goOn], ticks: [/^(Refuge|جائے پناہ)/, /^(Hostel for girls|لڑکیوں کا ہاسٹل)/], whole: true }],
  ["refer-sent", `/cases/${ids.girl}/refer/permission`, { press: [allowed, goOn, goOn, /^(Send \d|\d+ ریفرل بھیجیں)/] }],
  ["take-back", `/cases/${ids.girl}`, { press: [/^(Take back|اجازت واپس)/] }],
  ["slip", `/cases/${ids.girl}/slip`],
  ["about", `/cases/${ids.girl}/about`],
  ...["identity", "contact", "health"].map((document) => [`about-${document}`, `/cases/${ids.girl}/about/${document}`]),
  ["about-stale", `/cases/${ids.girl}/about/identity`, { type: ["[name='name.latin']", " of Kasur"], press: [/^(Save|محفوظ کریں)$/], stale: true, whole: true }],
  ["about-stale-wrong", `/cases/${ids.girl}/about/identity`, { type: ["[name='name.latin']", " of Kasur"], press: [/^(Save|محفوظ کریں)$/, /^(Save|محفوظ کریں)$/], stale: true, whole: true }],
  ["transfers", "/transfers", supervisor],
  ["transfers-sent", "/transfers?box=sent", supervisor],
  ["transfer-offered", `/transfers/${ids.offered}`, supervisor],
  ["transfer-take", `/transfers/${ids.offered}`, { ...supervisor, press: [/^(Take over the case|کیس سنبھالیں)/] }],
  ["transfer-decline", `/transfers/${ids.offered}`, { ...supervisor, press: [/^(Decline|منع کریں)/] }],
  ["transfer-give", `/transfers/${ids.requested}`, { ...supervisor, press: [/^(Give them the case|کیس انہیں دیں)/] }],
  ["case-transfer-whom", `/cases/${ids.woman}/transfer`, supervisor],
  ["case-transfer-why", `/cases/${ids.woman}/transfer`, { ...supervisor, press: [/(Lahore|لاہور)/], whole: true }],
  ["case-transfer-wrong", `/cases/${ids.woman}/transfer`, { ...supervisor, press: [/(Lahore|لاہور)/, /^(Offer the case|کیس کی پیشکش کریں)/], whole: true }],
  ["case-transfer-open", `/cases/${ids.girl}/transfer`, supervisor],
  ["desk", "/desk", supervisor],
  ["desk-closure", `/desk/${ids.closure}`, { ...supervisor, whole: true }],
  ["desk-own", `/desk/${ids.proposed}`, supervisor],
  ["desk-office", "/desk", { areas: ["reports", "desk", "account"], whole: true }],
  ["desk-late", `/desk/${ids.separated}`, { areas: ["reports", "desk", "account"] }],
  ["desk-alerts", "/desk", { areas: ["desk", "alerts", "law", "account"], whole: true }],
  ["desk-alert", `/desk/alerts/${ids.alert}`, { areas: ["desk", "alerts", "law", "account"], whole: true }],
  ["desk-alert-settle", `/desk/alerts/${ids.alert}`, { areas: ["desk", "alerts", "law", "account"], press: [/^(Settle it|نمٹائیں)/] }],
  ["desk-lift", `/desk/${ids.lift}`, { ...supervisor, whole: true }],
  ["blocks", `/cases/${ids.girl}/blocks`, { ...supervisor, whole: true }],
  ["blocks-keep", `/cases/${ids.girl}/blocks`, { ...supervisor, press: [/^(Keep somebody|کسی کو دور رکھیں)/] }],
  ["blocks-lift", `/cases/${ids.girl}/blocks`, { ...supervisor, press: [/^(Propose to let|دوبارہ اجازت کی)/] }],
  ["desk-approve", `/desk/${ids.closure}`, { ...supervisor, press: [/^(Approve|منظور کریں)/] }],
  ["desk-again", `/desk/${ids.closure}`, { ...supervisor, press: [approve], inSheet: [approve], late: true }],
  ["desk-again-then", `/desk/${ids.closure}`, { ...supervisor, press: [approve], inSheet: [approve, /^(Sign in again|دوبارہ سائن)/], late: true }],
  ["signed-in", "/signed-in", supervisor],
  ["desk-back", `/desk/${ids.closure}`, { ...supervisor, press: [/^(Send back|واپس بھیجیں)/] }],
  ["desk-glass", `/emergency/${ids.glass}`, { ...supervisor, whole: true }],
  ["desk-glass-answer", `/emergency/${ids.glass}`, { ...supervisor, press: [/^(Too much|ضرورت سے)/] }],
  ["desk-glass-found", `/emergency/${ids.glassFound}`, { ...supervisor, whole: true }],
  ["emergency", "/emergency", { areas: ["work", "emergency", "account"], whole: true }],
  ["emergency-wrong", "/emergency", { areas: ["work", "emergency", "account"], press: [/^(Open for four|چار گھنٹے کے)/], whole: true }],
  ["emergency-own", `/emergency/${ids.glassOwn}`, { areas: ["work", "emergency", "account"], whole: true }],
  ["emergency-case", `/cases/${ids.hers}`, { areas: ["work", "emergency", "account"], whole: true }],
  ["case-close", `/cases/${ids.girl}`, { press: [/^(Propose to close|بند کرنے کی)/], whole: true }],
  ["case-date", `/cases/${ids.girl}`, { press: [/^(Set a deadline|مہلت مقرر)/], whole: true }],
  ["case-closed", `/cases/${ids.closed}`],
  ["case-reopen", `/cases/${ids.closed}`, { press: [/^(Open the case again|کیس دوبارہ)/] }],
  ["plan", `/cases/${ids.girl}/plan`],
  ["plan-shown", `/cases/${ids.girl}/plan`, { press: [/^(Show|دکھائیں)$/] }],
  ["plan-make", `/cases/${ids.girl}/items/plan`, { whole: true }],
  ["plan-change", `/cases/${ids.girl}/records/${ids.plan}`, { whole: true }],
  ["plan-wrong", `/cases/${ids.girl}/items/plan`, { press: [/^(Save|محفوظ کریں)$/], whole: true }],
  ["decision-propose", `/cases/${ids.girl}/permissions/new/best-interests`, { whole: true }],
  ["order-write", `/cases/${ids.girl}/permissions/new/orders`, { whole: true }],
  ["emergency-write", `/cases/${ids.girl}/permissions/new/emergencies`, { whole: true }],
  ["order-stay", `/cases/${ids.girl}`, { press: [/^(The court stayed it|عدالت نے روک دیا)/] }],
  ["age", `/cases/${ids.girl}/age`, supervisor],
  ["age-dispute", `/cases/${ids.girl}/age`, { press: [/^(Dispute the age|عمر پر اختلاف)/] }],
  ["age-determine", `/cases/${ids.girl}/age`, { ...supervisor, press: [/^(Decide the age|عمر کا فیصلہ کریں)/], whole: true }],
  ["age-evidence", `/cases/${ids.girl}/items/age_evidence`, { whole: true }],
  ["visits", `/cases/${ids.girl}/visits`],
  ["visit-write", `/cases/${ids.girl}/items/visit`, { whole: true }],
  ["critical", `/cases/${ids.girl}/items/critical_incident`],
  ["case-team-add", `/cases/${ids.girl}`, { ...supervisor, press: [/^(Add to the team|ٹیم میں شامل کریں)/] }],
  ["case-supervisor", `/cases/${ids.girl}`, supervisor],
  ["places", "/places", provider],
  ["places-stale", "/places", { ...provider, press: [/^(Change|تبدیل کریں)/, /^(Save|محفوظ کریں)$/], stale: true }],
  ["places-admin", "/places", { areas: ["places", "agency", "account"] }],
  ["places-count", "/places", { ...provider, press: [/^(Change|تبدیل کریں)/] }],
  ...["incident", "screening", "note", "relation"].map((kind) => [`item-${kind}`, `/cases/${ids.girl}/items/${kind}`]),
  ["item-correct", `/cases/${ids.girl}/records/${ids.incident}`],
  ["item-stale", `/cases/${ids.girl}/records/${ids.note}`, { type: ["textarea", " And she eats now."], press: [/^(Save|محفوظ کریں)$/], stale: true, whole: true }],
  ["reports", "/reports", desk],
  ["reports-new", "/reports/new", desk],
  ["reports-new-wrong", "/reports/new", { ...desk, press: [save] }],
  ["reports-help", "/reports/new", { ...desk, radios: [needsHelp], whole: true }],
  ["reports-complaint", "/reports/new", { ...desk, radios: [needsHelp, /^(A complaint|کسی ادارے)/], whole: true }],
  ["reports-saved", "/reports/new", { ...desk, radios: [needsHelp], press: [save] }],
  ["report", `/reports/${report.id}`, desk],
  ["report-sort", `/reports/${report.id}`, { ...desk, press: [/^(Sort it|فیصلہ کریں)/], whole: true }],
  ["report-case", `/reports/${report.id}`, { ...desk, press: [/^(Make it|نیا کیس)/], whole: true }],
  ["report-link", `/reports/${report.id}`, { ...desk, press: [/^(Belongs|پہلے سے)/] }],
  ["reports-kept", "/reports/new", { ...desk, press: [save], radios: [/^(1 Silent|1 خاموش)/], unreachable: true }],
  ["waiting", "/reports/new", { ...desk, press: [save], radios: [/^(1 Silent|1 خاموش)/], unreachable: true, onward: "/waiting" }],
  ["waiting-refused", "/reports/new", { ...desk, press: [save], radios: [/^(1 Silent|1 خاموش)/], unreachable: true, onward: "/waiting", refused: true }],
  ["waiting-empty", "/waiting"],
  ["sign-out", "/reports/new", { ...desk, press: [save], radios: [/^(1 Silent|1 خاموش)/], unreachable: true, onward: "/more", last: /^(Sign out|سائن آؤٹ)/ }],
  ["law", "/law", { areas: ["desk", "law", "account"], whole: true }],
  ["law-refuse", "/law", { areas: ["desk", "law", "account"], press: [/^(Refuse|نامنظور)/] }],
  ["audit", "/audit", { ...auditor, whole: true }],
  ["audit-found", "/audit", { ...auditor, press: [/^(Search|تلاش کریں)$/], whole: true }],
  ["audit-verify", "/audit/verify", auditor],
  ["audit-verified", "/audit/verify", { ...auditor, press: [/^(Prove it now|ابھی تصدیق)/], whole: true }],
  ["open-age", "/open/age", { signedOut: true, whole: true }],
  ["follow", "/follow", { signedOut: true }],
  ["follow-asked", "/follow", { signedOut: true, type: ["main input", "7F3K-2QX-W4X"], press: [/^(How far|کہاں تک)/], whole: true }],
  ["notices", "/notices"],
  ["more", "/more"],
  ["reached", "/account/messages", { whole: true }],
  ["not-here", "/referrals/01930000-0000-7000-8000-00000000dead"],
].filter(([name]) => name.includes(only));

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  const file = existsSync(join(dist, path)) && extname(path) ? join(dist, path) : join(dist, "index.html");
  response.setHeader("Content-Type", kinds[extname(file)] ?? "application/octet-stream");
  response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  response.end(readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
mkdirSync(pictures, { recursive: true });
let faults = 0;

// Who forces colours has a few of the system's own for everything: on black, as most choose.
const themes = [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["forced", { colorScheme: "dark", forcedColors: "active" }]];

for (const [size, viewport] of [["phone", { width: 360, height: 740 }], ["desk", { width: 1280, height: 800 }]]) {
  for (const language of ["en", "ur"]) {
    for (const [theme, colours] of themes) {
      if (!`${size}.${language}.${theme}`.includes(where)) {
        continue;
      }
      const context = await browser.newContext({ viewport, ...colours, bypassCSP: false, reducedMotion: "reduce" });
      await context.addInitScript((wanted) => localStorage.setItem("language", wanted), language);
      for (const [name, path, { signedOut = false, press = [], whole = press.length === 0, type = [], stale = false, unreachable = false, refused = false, onward, last, untick, ticks = [], radios = [], inSheet = [], late = false, areas } = {}] of screens) {
        const page = await context.newPage();
        let version = 1;
        const say = (what) => {
          faults += 1;
          console.log(`${name} ${size} ${language} ${theme}: ${what}`);
        };
        page.on("pageerror", (fault) => say(fault.message));
        page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && !message.text().includes("401") && !(stale && message.text().includes("412")) && !(unreachable && /ERR_FAILED|422/.test(message.text())) && say(message.text()));
        await page.route("**/api/v1/**", (route) => {
          const request = route.request();
          const { pathname, search } = new URL(request.url());
          if (unreachable && request.method() === "POST") {
            return refused && version > 1 ? route.fulfill({ status: 422, json: { status: 422, code: "rule_broken", detail: "Something here cannot be taken as it stands.", errors: [] } }) : route.abort();
          }
          if (late && request.method() === "POST") {
            return route.fulfill({ status: 401, json: { status: 401, code: "sign_in_again" } });
          }
          if (stale && request.method() === "PUT") {
            version = 2;
            return route.fulfill({ status: 412, json: { status: 412, code: "stale" } });
          }
          const found = signedOut && pathname.endsWith("/me") ? undefined : answerTo(request.method(), pathname, { areas, query: search, isLater: version > 1 });
          return found
            ? route.fulfill({ json: found, headers: { ETag: `"${version}"` } })
            : route.fulfill({ status: signedOut ? 401 : 404, contentType: "application/problem+json", body: JSON.stringify({ code: signedOut ? "sign_in" : "unknown", traceId: "4bf92f3577b34da6" }) });
        });
        await page.goto(origin + path);
        await page.waitForSelector("h1");
        await page.waitForLoadState("networkidle");
        for (const [field, words] of type.length > 0 ? [type] : []) {
          await page.locator(field).first().pressSequentially(words);
        }
        for (const name of radios) {
          await page.getByRole("radio", { name }).first().check();
        }
        for (const name of press) {
          await page.getByRole("button", { name }).first().click();
          await page.waitForLoadState("networkidle");
          await page.waitForTimeout(150);
        }
        for (const name of inSheet) {
          await page.getByRole("dialog").last().getByRole("button", { name }).click();
          await page.waitForTimeout(300);
        }
        if (untick) {
          await page.getByRole("checkbox", { name: untick }).uncheck();
        }
        if (onward) {
          version = 2;
          await page.evaluate((path) => { history.pushState(null, "", path); window.dispatchEvent(new Event("online")); }, onward);
          await page.waitForTimeout(1000);
        }
        if (last) {
          await page.getByRole("button", { name: last }).first().click();
          await page.waitForTimeout(300);
        }
        for (const tick of ticks) {
          await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => { fold.open = true; }));
          await page.getByRole("checkbox", { name: tick }).first().check();
        }
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(100);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) {
          say(`scrolls sideways by ${wide}px`);
        }
        const results = await page.evaluate(`(() => { ${axe}; return axe.run(document, { rules: { region: { enabled: false } } }); })()`).catch((fault) => ({ violations: [{ id: fault.message, nodes: [] }] }));
        for (const { id, nodes } of results.violations) {
          say(`axe ${id}: ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(", ")}`);
        }
        await page.screenshot({ path: join(pictures, `${name}.${size}.${language}.${theme}.png`), fullPage: size === "phone" && whole });
        await page.close();
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log(`${faults} faults; pictures in ${pictures}`);
process.exit(faults > 0 ? 1 : 0);
