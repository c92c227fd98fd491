import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "#api/shapes.ts";
import { keep, type Refusal } from "#drafts/queue.ts";
import { forget } from "#drafts/sealed.ts";
import { answerTo, json, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const me = answerTo("GET", "/api/v1/me") as Me;
beforeEach(() => forget(me.id));
afterEach(() => void vi.restoreAllMocks());

async function waits(more: { agencyId?: string; refusal?: Refusal } = {}): Promise<HTMLElement> {
  const id = crypto.randomUUID();
  await keep(me.id, { id, kind: "note", at: Date.now(), agencyId: me.agency.id, steps: [], done: 0, draft: { id, kind: "item", value: {}, href: "/there" }, ...more });
  standAtTheWire(({ path }) => (path === "/api/v1/me" ? json({ ...me, agency: { ...me.agency, id: "elsewhere" } }) : undefined));
  open("/waiting");
  return (await screen.findByText("Note")).closest("li") as HTMLElement;
}

it("only opens what waits, and says that another agency's is not sent from here", async () => {
  const row = within(await waits());
  expect(row.getByRole("button", { name: /^Open Note/ })).toBeTruthy();
  expect(await row.findByText(/^Written for another agency/)).toBeTruthy();
});

it("says once what was refused", async () => {
  const detail = "This does not have the form it must have.";
  const row = within(await waits({ agencyId: "elsewhere", refusal: { code: "rule_broken", fields: [{ pointer: "/body/text", code: "wrong_form", detail }] } }));
  expect(row.getByRole("button", { name: /^Open and mend Note/ })).toBeTruthy();
  expect(await row.findAllByText(detail)).toHaveLength(1);
});

it("knows what to do about one that was sent in other words", async () => {
  const row = within(await waits({ agencyId: "elsewhere", refusal: { code: "key_reused", fields: [] } }));
  expect(await row.findByText(/^This was sent once already/)).toBeTruthy();
});

it("says that there is no connection as soon as there is none", async () => {
  await waits();
  expect(screen.queryByText(/^No connection/)).toBeNull();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
  expect(screen.getByText(/^No connection. Kept on this phone/)).toBeTruthy();
});
