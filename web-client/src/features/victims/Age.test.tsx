import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { evidence, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const path = `/api/v1/victims/${ids.girl}`;
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path: to, body }) => [to, body]);

it("says in one sentence whether she is a child, and for each place what its law says and how sure it is", async () => {
  const sent = standAtTheWire();
  const user = open(`/cases/${ids.girl}/age`);

  await screen.findByText("Treated as a child: the age is disputed, and nobody has decided it yet.");
  expect(screen.getByText(/^16 to 18 years old/)).toBeTruthy();
  const laws = (await screen.findByRole("heading", { name: "What the laws say" })).closest("section") as HTMLElement;
  expect(within(laws).getByText("Under 18? She may be")).toBeTruthy();
  expect(within(laws).getByText("Nobody has verified it in time")).toBeTruthy();
  expect(within(laws).getByText("No rule is known for this")).toBeTruthy();
  expect(screen.getByText("(no longer holds)")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Decide the age" })).toBeNull();

  await user.selectOptions(screen.getByLabelText("For what?"), "marriage_female");
  await waitFor(() => expect(sent.filter(({ path: to }) => to === `${path}/age`).at(-1)?.query).toContain("purpose=marriage_female"));
});

it("takes down a dispute, and says that nobody is moved by it", async () => {
  const sent = standAtTheWire();
  const user = open(`/cases/${ids.girl}/age`);

  await user.click(await screen.findByRole("button", { name: "Dispute the age" }));
  await screen.findByText(/Nobody is moved by it/);
  const sheet = screen.getByRole("dialog");
  await user.click(within(sheet).getByRole("button", { name: "Dispute the age" }));
  expect(within(sheet).getByRole("alert").textContent).toContain("Write why");
  await user.type(within(sheet).getByLabelText("Who says what, and why?"), "Her aunt does.");
  await user.click(within(sheet).getByRole("button", { name: "Dispute the age" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`${path}/age-disputes`, { reason: "Her aunt does." }]]));
});

it("lets a supervisor say which proof counts: what is left is set aside, and who disputed it is told that another decides", async () => {
  const sent = standAtTheWire(({ method, path: to }) => (method === "POST" && to.endsWith("/age-determinations") ? problem(422, "own_dispute", { detail: "You disputed this age. Somebody else decides it." }) : undefined), supervisor);
  const user = open(`/cases/${ids.girl}/age`);

  await user.click(await screen.findByRole("button", { name: "Decide the age" }));
  const sheet = screen.getByRole("dialog");
  await user.click(await within(sheet).findByRole("checkbox", { name: /^Birth certificate/ }));
  await user.type(within(sheet).getByLabelText("Why?"), "Entry seen.");
  await user.click(within(sheet).getByRole("button", { name: "Decide the age" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`${path}/age-determinations`, { restsOn: [evidence.paper], setAside: [evidence.examined, evidence.said], reason: "Entry seen." }]]));
  await within(sheet).findByText("You disputed this age. Somebody else decides it.");
});

it("writes down a proof: a day from a paper, or about how many years", async () => {
  const sent = standAtTheWire(({ method, path: to }) => (method === "POST" && to.endsWith("/records") ? json({ id: evidence.said }, 201) : undefined));
  const user = open(`/cases/${ids.girl}/age`);

  await user.click(await screen.findByRole("link", { name: "Add a proof of age" }));
  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect(screen.getByRole("alert").textContent).toContain("Choose which proof it is");
  await user.selectOptions(screen.getByLabelText("Kind of proof"), await screen.findByRole("option", { name: "Medical examination" }));
  await user.type(screen.getByLabelText("About how many years old does it say?"), "17");
  await user.type(screen.getByLabelText("At least"), "16");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(posts(sent).map((one) => (one as [string, { body: unknown }])[1].body)).toEqual([{ evidence: "medical_examination", years: 17, least: 16 }]));
});
