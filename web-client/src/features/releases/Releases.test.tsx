import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const office = { areas: ["desk", "law", "account"] };
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);
const proposal = (more: object): object => ({
  number: 2, state: "proposed", note: "A note.", proposedBy: null, proposedAt: "2026-11-24T06:00:00.000Z", decidedBy: null, decidedAt: null, line: null, mayWithdraw: false, allowedDecisions: [], ...more,
});
const only = (...rows: object[]) => ({ method, path }: Sent): Response | undefined => (method === "GET" && path.endsWith("/law/proposals") ? json({ items: rows, nextCursor: null }) : undefined);

it("shows what a release changes, old beside new, and a past that would be rewritten, before it is decided", async () => {
  const sent = standAtTheWire(({ method }) => (method === "POST" ? json(proposal({ state: "approved" })) : undefined), office);
  const user = open("/law");

  const waiting = within(await screen.findByRole("region", { name: "Release 2" }));
  expect((await waiting.findByText("16")).tagName).toBe("DEL");
  expect(waiting.getByText("14").tagName).toBe("INS");
  expect(waiting.getByText(/^New: under 18 from/)).toBeTruthy();
  expect(waiting.getAllByText("A day that is over would get another answer.")).toHaveLength(1);
  expect(screen.queryByRole("form", { name: "Propose a release" })).toBeNull();
  await user.click(waiting.getByRole("button", { name: "Approve" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Approve" }));

  await waitFor(() => expect(posts(sent)).toEqual([["/api/v1/law/releases/2/decide", { decision: "approve" }]]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("refuses with a reason alone", async () => {
  const sent = standAtTheWire(({ method }) => (method === "POST" ? json(proposal({ state: "refused" })) : undefined), office);
  const user = open("/law");

  await user.click(await screen.findByRole("button", { name: "Refuse" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Refuse" }));
  expect(sheet.getByRole("alert").textContent).toContain("Write why not");
  await user.type(sheet.getByLabelText("Why not?"), "Not in the gazette");
  await user.click(sheet.getByRole("button", { name: "Refuse" }));

  await waitFor(() => expect(posts(sent)).toEqual([["/api/v1/law/releases/2/decide", { decision: "refuse", line: "Not in the gazette" }]]));
});

it("lets whoever proposed it take it back, and decide nothing", async () => {
  const wire = only(proposal({ mayWithdraw: true }));
  const sent = standAtTheWire((one) => wire(one) ?? (one.method === "POST" ? json(proposal({ state: "withdrawn" })) : undefined), office);
  const user = open("/law");

  await screen.findByText("You proposed this; another person decides.");
  expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Take it back" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Take it back" }));

  await waitFor(() => expect(posts(sent)).toEqual([["/api/v1/law/releases/2/withdraw", undefined]]));
});

it("proposes what a file says, and shows which place of it is wrong", async () => {
  const wire = only(proposal({ number: 1, state: "approved" }));
  const wrong = problem(422, "rule_broken", { errors: [{ pointer: "/rules/0/id", code: "wrong_form", detail: "This does not have the form it must have." }] });
  const sent = standAtTheWire((one) => wire(one) ?? (one.method === "POST" ? wrong.clone() : undefined), office);
  const user = open("/law");

  await user.click(await screen.findByRole("button", { name: "Propose a release" }));
  expect(screen.getByRole("alert").textContent).toContain("Choose a file");
  await user.upload(screen.getByLabelText("File with what changes"), new File(["{"], "a.json", { type: "application/json" }));
  await screen.findAllByText("This file cannot be read. Choose a JSON file");
  const draft = { note: "Next", instruments: [], rules: [] };
  await user.upload(screen.getByLabelText("File with what changes"), new File([JSON.stringify(draft)], "b.json", { type: "application/json" }));
  await waitFor(() => expect(screen.queryAllByText("This file cannot be read. Choose a JSON file")).toEqual([]));
  await user.click(screen.getByRole("button", { name: "Propose a release" }));

  await screen.findByText("/rules/0/id");
  expect(posts(sent)).toEqual([["/api/v1/law/releases", draft]]);
});

it("is no place of whoever does not keep the laws", async () => {
  standAtTheWire(undefined, { areas: ["work", "account"] });
  open("/law");

  await waitFor(() => expect(location.pathname).not.toBe("/law"));
});
