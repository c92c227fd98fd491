import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

type Fetched = { request: object; respondWith: (page: Promise<Response>) => void };

/** Opens a page through the service worker, which keeps the shell; `answer` is what the server says. */
async function opened(answer: () => Promise<Response>): Promise<string> {
  const listeners = new Map<string, (event: Fetched) => void>();
  const self = { location: { origin: "https://nrs.test" }, addEventListener: (name: string, act: (event: Fetched) => void) => listeners.set(name, act) };
  const text = readFileSync(resolve(import.meta.dirname, "../tools/worker.js"), "utf8").replace("__FILES__", '["/"]');
  // eslint-disable-next-line no-implied-eval
  new Function("self", "caches", "fetch", text)(self, { match: () => Promise.resolve(new Response("kept")) }, answer);
  let page: Promise<Response> | undefined;
  listeners.get("fetch")?.({ request: { method: "GET", mode: "navigate", url: "https://nrs.test/register" }, respondWith: (said) => {
    page = said;
  } });
  return (await page)?.text() ?? "";
}

it("opens the newest page while the server answers", async () => {
  expect(await opened(() => Promise.resolve(new Response("newest")))).toBe("newest");
});

it.each([502, 503])("opens what was kept when the server is down: %i", async (status) => {
  expect(await opened(() => Promise.resolve(new Response("down", { status })))).toBe("kept");
});

it("opens what was kept without a connection", async () => {
  expect(await opened(() => Promise.reject(new TypeError("Failed to fetch")))).toBe("kept");
});
