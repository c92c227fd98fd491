import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);

it("shows what waits, late ones as late, and decides on one screen", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  const user = open("/desk");

  const late = within(await screen.findByRole("region", { name: "2 deadlines have passed" }));
  expect(late.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([`/referrals/${ids.fresh}`, `/cases/${ids.girl}/visits`]);
  expect((await screen.findAllByText(/^Late by/)).length).toBe(3);
  await user.click((await screen.findAllByRole("link", { name: /^Case closes, Woman/ }))[0] as HTMLElement);
  await screen.findByText(/She lives with her aunt/);
  await user.click(screen.getByRole("button", { name: "Approve" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Approve" }));

  await screen.findByText("Decided. Whoever asked is told.");
  expect(posts(sent)).toEqual([[`/api/v1/approvals/${ids.closure}/decide`, { decision: "approve" }]]);
  expect(sent.find(({ method }) => method === "POST")?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
});

it("shows the protection officer what nobody answered in time, and complaints", async () => {
  const sent = standAtTheWire(undefined, { areas: ["reports", "desk", "account"] });
  open("/desk");

  const overseen = within(await screen.findByRole("region", { name: "2 cases nobody answered in time" }));
  expect(overseen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([`/referrals/${ids.accepted}`, `/referrals/${ids.declined}`]);
  expect(overseen.queryByRole("button")).toBeNull();
  const before = within(await screen.findByRole("region", { name: "2 cases before your office" }));
  expect(before.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([`/cases/${ids.girl}`, `/cases/${ids.woman}`]);
  const complaints = within(await screen.findByRole("region", { name: "1 complaint" }));
  expect(complaints.getByRole("link", { name: /^Complaint/ }).getAttribute("href")).toBe("/reports/01930000-0000-7000-8000-000000000042");
  expect(sent.filter(({ path }) => path.endsWith("/reports")).map(({ query }) => query)).toEqual(["?kind=complaint&show=open&limit=100"]);
});

it("asks for no complaints where nobody may sort them", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  open("/desk");

  await screen.findByRole("region", { name: "2 deadlines have passed" });
  expect(sent.filter(({ path }) => path.endsWith("/reports"))).toEqual([]);
  expect(screen.queryByRole("region", { name: /nobody answered/ })).toBeNull();
  expect(sent.filter(({ path }) => path.endsWith("/victims"))).toEqual([]);
});

it("sends nothing back without a line", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  const user = open(`/desk/${ids.closure}`);

  await user.click(await screen.findByRole("button", { name: "Send back" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Send back" }));
  expect(sheet.getByRole("alert").textContent).toContain("Write what is missing");
  expect(posts(sent)).toEqual([]);
  await user.type(sheet.getByLabelText("What is missing?"), "Visit her once more");
  await user.click(sheet.getByRole("button", { name: "Send back" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`/api/v1/approvals/${ids.closure}/decide`, { decision: "send_back", line: "Visit her once more" }]]));
});

it("has no buttons for what one proposed oneself", async () => {
  standAtTheWire(undefined, supervisor);
  open(`/desk/${ids.proposed}`);

  await screen.findByText("You proposed this; another supervisor decides.");
  expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
});

it("takes back what one proposed oneself", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  const user = open(`/desk/${ids.proposed}`);

  await user.click(await screen.findByRole("button", { name: "Take it back" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Take it back" }));

  await screen.findByText("Taken back. Nothing has changed.");
  expect(sent.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([`/api/v1/approvals/${ids.proposed}/withdraw`]);
});

it("says that somebody was faster, and keeps what was typed", async () => {
  standAtTheWire(({ method }) => method === "POST" ? problem(409, "approval_ended", { detail: "This has been decided already." }) : undefined, supervisor);
  const user = open(`/desk/${ids.closure}`);

  await user.click(await screen.findByRole("button", { name: "Refuse" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.type(sheet.getByLabelText("Why not?"), "Not yet");
  await user.click(sheet.getByRole("button", { name: "Refuse" }));

  await sheet.findByText(/decided already/);
  expect((sheet.getByLabelText("Why not?") as HTMLTextAreaElement).value).toBe("Not yet");
});

it("proposes to close a case with a reason, and opens a closed one again", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/reopen") ? json({}) : method === "POST" ? json({ id: ids.closure, state: "open", kind: "closure" }, 201) : undefined);
  const user = open(`/cases/${ids.woman}`);

  await user.click(await screen.findByRole("button", { name: "Propose to close" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Propose to close" }));
  expect(sheet.getByRole("alert").textContent).toContain("Choose why the case closes");
  await user.click(await sheet.findByRole("radio", { name: "Goals met" }));
  await user.click(sheet.getByRole("checkbox", { name: "The person agrees" }));
  await user.click(sheet.getByRole("button", { name: "Propose to close" }));
  await waitFor(() => expect(posts(sent)).toEqual([[`/api/v1/victims/${ids.woman}/close`, { reason: "goals_met", criteria: ["person_agrees"] }]]));
});
