import { screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { answerTo, json, standAtTheWire } from "#test/wire.ts";
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
