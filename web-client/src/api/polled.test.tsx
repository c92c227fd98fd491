import { screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { answerTo, ids, json, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

afterEach(() => {
  vi.useRealTimers();
});

it("reads the worklist every minute, and shows what it holds as long as nothing has changed", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const tag = 'W/"0123"';
  const asked: (string | null)[] = [];
  standAtTheWire(({ method, path, headers }) => {
    if (method !== "GET" || path !== "/api/v1/referrals") {
      return undefined;
    }
    asked.push(headers.get("If-None-Match"));
    return headers.get("If-None-Match") === tag ? new Response(null, { status: 304 }) : json(answerTo(method, path), 200, { ETag: tag });
  }, { areas: ["work", "account"] });
  open("/referrals/received");

  const shown = (await screen.findAllByRole("link", { name: "Safe shelter" })).length;
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(asked).toEqual([null, tag]));

  expect(screen.getAllByRole("link", { name: "Safe shelter" })).toHaveLength(shown);
  expect(localStorage.length + sessionStorage.length > 0 && JSON.stringify({ ...localStorage, ...sessionStorage }).includes(tag)).toBe(false);
});

it("reads a referral and what was written in it every minute, and asks for nothing that it holds", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const tag = '"5012345678-1a2b3c4d"';
  const asked: Record<string, (string | null)[]> = { [`/api/v1/referrals/${ids.fresh}`]: [], [`/api/v1/referrals/${ids.fresh}/entries`]: [] };
  const sent = standAtTheWire(({ method, path, headers }) => {
    if (method !== "GET" || !asked[path]) {
      return undefined;
    }
    asked[path].push(headers.get("If-None-Match"));
    return headers.get("If-None-Match") === tag ? new Response(null, { status: 304 }) : json(answerTo(method, path, { areas: ["work", "account"] }), 200, { ETag: tag });
  }, { areas: ["work", "account"] });
  const user = open(`/referrals/${ids.fresh}`);

  await screen.findByRole("button", { name: /^Accept/ });
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(Object.values(asked)).toEqual([[null, tag], [null, tag]]));
  vi.useRealTimers();
  await user.click(screen.getByRole("button", { name: /^Accept/ }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: /^Accept/ }));

  await vi.waitFor(() => expect(sent.find(({ method }) => method === "POST")?.headers.get("If-Match")).toBe(tag));
});
