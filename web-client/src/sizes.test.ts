import { mkdtempSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, it } from "vitest";
import { withinSizes } from "../tools/sizes.ts";

const words = (bytes: number): string => `globalThis.words = "${randomBytes(bytes * 3 / 4).toString("base64")}";\n`;

/** A client of so many kilobytes that no compression makes smaller, first and on its second screen. */
function buildOf(first: number, second: number): Promise<unknown> {
  const root = mkdtempSync(join(tmpdir(), "sizes-"));
  writeFileSync(join(root, "index.html"), '<script type="module" src="/main.js"></script>');
  writeFileSync(join(root, "main.js"), `${words(first * 1024)}document.onclick = () => import("./second.js");`);
  writeFileSync(join(root, "second.js"), words(second * 1024));
  return build({ root, configFile: false, logLevel: "silent", build: { minify: false, write: false }, plugins: [withinSizes()] });
}

it("builds what the poorest phone can load", async () => {
  await expect(buildOf(100, 20)).resolves.toBeTruthy();
});

it("builds nothing that is too big to begin with, or on a screen of its own", async () => {
  await expect(buildOf(180, 1)).rejects.toThrow(/Too big: initial JS/);
  await expect(buildOf(10, 60)).rejects.toThrow(/Too big: second/);
});
