import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path, body, headers }) => [path, body, headers.get("If-Match")]);

it("offers a case to an agency, and asks for nothing that it does not need", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  const user = open(`/cases/${ids.woman}/transfer`);

  await user.type(await screen.findByLabelText("Name of the agency"), "bureau");
  await user.click(await screen.findByRole("button", { name: /^Child Protection Bureau/ }));
  await user.click(await screen.findByRole("button", { name: "Offer the case" }));
  expect(screen.getByRole("alert").textContent).toContain("Choose why");
  expect(posts(sent)).toEqual([]);

  await user.click(screen.getByRole("radio", { name: "Another law applies there" }));
  await user.click(screen.getByRole("radio", { name: /^Leaves the case/ }));
  await user.click(screen.getByRole("button", { name: "Offer the case" }));

  await waitFor(() => expect(posts(sent)).toEqual([
    ["/api/v1/transfers", { victimId: ids.woman, askedBy: "offer", reason: "jurisdiction", toAgencyId: "01930000-0000-7000-8000-0000000000a4", stays: false }, null],
  ]));
  expect(sent.find(({ method }) => method === "POST")?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
});

it("shows what is needed to decide, takes over with the version that was read, and opens the case", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/accept")
    ? json({ ...offer, victimId: ids.girl, state: "accepted", allowedActions: [] }) : undefined, supervisor);
  const user = open("/transfers");

  await user.click((await screen.findAllByRole("link", { name: "Girl, 12-13" }))[0] as HTMLElement);
  await screen.findByText("Name and records open when you accept.");
  expect(screen.getByText("Answer by")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Open the case" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Take over the case" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Take over the case" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`/api/v1/transfers/${ids.offered}/accept`, {}, '"1"']]));
});

it("declines with a reason and says so in the list, where nothing of it is left", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/decline") ? new Response(null, { status: 204 }) : undefined, supervisor);
  const user = open(`/transfers/${ids.offered}`);

  await user.click(await screen.findByRole("button", { name: "Decline" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Decline" }));
  expect(sheet.getByRole("alert").textContent).toContain("Choose why");
  await user.click(sheet.getByRole("radio", { name: "Too few workers" }));
  await user.click(sheet.getByRole("button", { name: "Decline" }));

  await screen.findByText("Answered. The case stays where it is.");
  expect(posts(sent)).toEqual([[`/api/v1/transfers/${ids.offered}/decline`, { reason: "no_capacity" }, '"1"']]);
});

it("asks the lead whether it stays as it gives a case away", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  const user = open(`/transfers/${ids.requested}`);

  await user.click(await screen.findByRole("button", { name: "Give them the case" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Give them the case" }));
  expect(sheet.getByRole("alert").textContent).toContain("Choose whether your agency stays");
  await user.click(sheet.getByRole("radio", { name: /^Stays/ }));
  await user.click(sheet.getByRole("button", { name: "Give them the case" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`/api/v1/transfers/${ids.requested}/accept`, { stays: true }, '"1"']]));
});

it("keeps what was chosen when somebody else was faster", async () => {
  standAtTheWire(({ method }) => method === "POST" ? problem(412, "stale") : undefined, supervisor);
  const user = open(`/transfers/${ids.offered}`);

  await user.click(await screen.findByRole("button", { name: "Decline" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("radio", { name: "Too few workers" }));
  await user.click(sheet.getByRole("button", { name: "Decline" }));

  await sheet.findByText(/^Changed meanwhile/);
  expect((sheet.getByRole("radio", { name: "Too few workers" }) as HTMLInputElement).checked).toBe(true);
});

it("offers no move to whom the server allows none", async () => {
  standAtTheWire();
  open(`/cases/${ids.woman}/transfer`);

  await screen.findByText("Only a supervisor can move a case.");
  expect(screen.queryByRole("button", { name: "Offer the case" })).toBeNull();
});

const offer = {
  id: ids.offered, victimId: null, caseCode: "PB-26-7F3K2Q", from: { id: ids.girl, nameEn: "A", nameUr: "A" }, to: { id: ids.woman, nameEn: "B", nameUr: "B" }, askedBy: "offer", state: "open",
  stays: true, reason: "person_moved", declineReason: null, urgency: "high", ageBand: "age_12_13", sex: "female", district: "PK-PB-KSR", askedAt: new Date().toISOString(), dueAt: new Date(Date.now() + 3_600_000).toISOString(), endedAt: null,
};
