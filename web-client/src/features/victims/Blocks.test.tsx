import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { blocks, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);
const made = ({ method, path }: Sent): Response | undefined => (method === "POST" && path.includes("/blocks") ? json(blocks[0], path.endsWith("/lift") ? 200 : 201) : undefined);
const page = `/cases/${ids.girl}/blocks`;

it("shows who is kept away, by what somebody is recognised, and what waits for a second person", async () => {
  standAtTheWire(undefined, supervisor);
  open(page);

  await screen.findByText("Rafiq Masih");
  expect(await screen.findByText("Somebody who did not work here then, by CNIC, Name and father's name")).toBeTruthy();
  expect(screen.getByRole("link", { name: /Look/ }).getAttribute("href")).toBe(`/desk/${ids.lift}`);
  expect(screen.getByText("1 is kept away no more")).toBeTruthy();
});

it("proposes a lift with its reason, and lifts nothing by itself", async () => {
  const sent = standAtTheWire(made, supervisor);
  const user = open(page);

  await user.click((await screen.findAllByRole("button", { name: "Propose to let them in again" }))[0] as HTMLElement);
  const sheet = within(screen.getByRole("dialog"));
  await user.type(sheet.getByLabelText(/Why, for whoever decides/), "Another of that name");
  await user.click(sheet.getByRole("button", { name: "Propose to let them in again" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`/api/v1/victims/${ids.girl}/blocks/${ids.block}/lift`, { why: "Another of that name" }]]));
});

it("keeps away somebody who does not work here yet, by what is known of him", async () => {
  const sent = standAtTheWire(made, supervisor);
  const user = open(page);

  await user.click(await screen.findByRole("button", { name: "Keep somebody away" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("radio", { name: "Somebody who does not work here yet" }));
  await user.click(sheet.getByRole("button", { name: "Keep somebody away" }));
  expect(sheet.getByRole("alert").textContent).toContain("Write a number, a phone, or both names");
  await user.type(sheet.getByLabelText("Name"), "Zarghun Gul");
  expect(sheet.getByRole("alert").textContent).toContain("count only together");
  await user.type(sheet.getByLabelText("Father's name"), "Sherbaz");
  await user.click(await sheet.findByRole("radio", { name: "Is the alleged perpetrator" }));
  await user.click(sheet.getByRole("button", { name: "Keep somebody away" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`/api/v1/victims/${ids.girl}/blocks`, { reason: "alleged_perpetrator", person: { name: "Zarghun Gul", fatherName: "Sherbaz" } }]]));
});

it("finds a worker by name in an agency, and says at the field what is wrong", async () => {
  const wrong = problem(422, "rule_broken", { errors: [{ pointer: "/workerId", code: "unknown_reference", detail: "This is not known." }] });
  const sent = standAtTheWire(({ method, path }) => (method === "POST" && path.endsWith("/blocks") ? wrong.clone() : undefined), supervisor);
  const user = open(page);

  await user.click(await screen.findByRole("button", { name: "Keep somebody away" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.type(await sheet.findByLabelText("Find an agency"), "Shifa");
  await user.click(await sheet.findByRole("button", { name: /Shifa District Hospital/ }));
  await user.type(sheet.getByLabelText("Name of the worker"), "Rafeeq");
  await user.click(sheet.getByRole("button", { name: "Look up" }));
  await user.click(await sheet.findByRole("radio", { name: "Rafiq Masih" }));
  await user.click(await sheet.findByRole("radio", { name: "Has threatened the person" }));
  await user.click(sheet.getByRole("button", { name: "Keep somebody away" }));

  await sheet.findAllByText("This is not known.");
  expect(posts(sent).at(-1)).toEqual([`/api/v1/victims/${ids.girl}/blocks`, { reason: "threatened_person", workerId: "01930000-0000-7000-8000-0000000000c3" }]);
});
