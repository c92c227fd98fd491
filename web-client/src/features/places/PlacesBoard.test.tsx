import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { answerTo, json, problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";
import { doubtOf } from "./places.ts";

const provider = { areas: ["work", "places", "account"] };
type Board = { items: { id: string; capacity: { population: string; doubtedAt: string | null; tag: string }[] }[] };

it("says again that figures are still true, which ends the doubt", async () => {
  const board = structuredClone(answerTo("GET", "/api/v1/services", provider)) as Board;
  const sent = standAtTheWire(({ method, path }) => {
    if (method === "PUT") {
      board.items[0]!.capacity[0]!.doubtedAt = null;
      return json(board.items[0]!.capacity[0]);
    }
    return path.endsWith("/services") ? json(board) : undefined;
  }, provider);
  const user = open("/places");

  const girls = await screen.findByRole("region", { name: "Girls" });
  expect(girls.textContent).toContain("for want of room");
  await user.click(within(girls).getByRole("button", { name: /^Still true/ }));

  await waitFor(() => expect(within(girls).queryByRole("button", { name: /^Still true/ })).toBeNull());
  const put = sent.find(({ method }) => method === "PUT");
  expect(put?.path).toMatch(/\/capacity\/girls$/);
  expect([put?.headers.get("If-Match"), put?.body]).toEqual(['"5"', { licensed: 12, occupied: 7, waiting: 1 }]);
});

it("keeps what was typed when somebody else was first, and asks which figure stands", async () => {
  const board = structuredClone(answerTo("GET", "/api/v1/services", provider)) as Board;
  const tags: (string | null)[] = [];
  const counted: number[] = [];
  standAtTheWire(({ method, path, headers, body }) => {
    if (method === "PUT") {
      tags.push(headers.get("If-Match"));
      counted.push((body as { occupied: number }).occupied);
      Object.assign(board.items[0]!.capacity[0]!, { tag: '"6"', occupied: 9 });
      return tags.length === 1 ? problem(412, "stale") : json({ ...board.items[0]!.capacity[0], ...(body as object) });
    }
    return path.endsWith("/services") ? json(board) : undefined;
  }, provider);
  const user = open("/places");

  await user.click(within(await screen.findByRole("region", { name: "Girls" })).getByRole("button", { name: /^Change/ }));
  const sheet = screen.getByRole("dialog");
  await user.clear(within(sheet).getByLabelText("Taken"));
  await user.type(within(sheet).getByLabelText("Taken"), "۸");
  await user.click(within(sheet).getByRole("button", { name: "Save" }));
  const taken = within(await within(sheet).findByRole("region", { name: "Taken" }));
  expect(taken.getByRole("radio", { name: "Now in the record 9" })).toBeTruthy();
  await user.click(taken.getByRole("radio", { name: "Yours 8" }));
  await user.click(within(sheet).getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(tags).toEqual(['"5"', '"6"']);
  expect(counted).toEqual([8, 8]);
});

it("lets only who may describe the service say that it is right", async () => {
  standAtTheWire(undefined, provider);
  open("/places");

  await screen.findByText(/declined as not eligible/);
  expect(screen.queryByRole("button", { name: "Yes, it is right" })).toBeNull();
});

it("doubts a figure that is a day old or that somebody was turned away from", () => {
  const now = Date.parse("2026-11-24T06:00:00Z");
  const figure = { population: "girls" as const, licensed: 1, reserved: 0, occupied: 0, free: 1, waiting: 0, tag: '"1"', doubtedAt: null };

  expect(doubtOf({ ...figure, asOf: "2026-11-23T07:00:00Z" }, now)).toBeUndefined();
  expect(doubtOf({ ...figure, asOf: "2026-11-23T05:00:00Z" }, now)).toBe("old");
  expect(doubtOf({ ...figure, asOf: "2026-11-24T05:00:00Z", doubtedAt: "2026-11-24T05:30:00Z" }, now)).toBe("doubted");
});
