// The poorest phone sets the pace: fails when what it must load first, or any screen, is too big (gzipped).
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const kilobyte = 1024;
const limits = { initial: 120 * kilobyte, screen: 25 * kilobyte, css: 12 * kilobyte };
const dist = resolve(process.argv[2] ?? join(import.meta.dirname, "../dist"));
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const entryKey = Object.keys(manifest).find((key) => manifest[key].isEntry);

function staticFiles(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    (manifest[key].imports ?? []).forEach((next) => staticFiles(next, seen));
  }
  return seen;
}

const first = staticFiles(entryKey);
const isCatalog = (key) => key.includes("catalog/");
// One language is needed before the first screen.
const catalog = Math.max(...Object.keys(manifest).filter(isCatalog).map((key) => size(manifest[key].file)));
const initial = [...first].reduce((sum, key) => sum + size(manifest[key].file), 0) + catalog;
const css = [...first].flatMap((key) => manifest[key].css ?? []).reduce((sum, file) => sum + size(file), 0);

const rows = [["initial JS with one language", initial, limits.initial], ["initial CSS", css, limits.css]];
for (const key of Object.keys(manifest)) {
  if (manifest[key].isDynamicEntry && !isCatalog(key)) {
    const own = [...staticFiles(key)].filter((one) => !first.has(one)).reduce((sum, one) => sum + size(manifest[one].file), 0);
    rows.push([key, own, limits.screen]);
  }
}
let failed = false;
for (const [name, bytes, limit] of rows) {
  const over = bytes > limit;
  failed ||= over;
  console.log(`${over ? "TOO BIG " : ""}${name}: ${(bytes / kilobyte).toFixed(1)} of ${limit / kilobyte} KB`);
}
process.exit(failed ? 1 : 0);
