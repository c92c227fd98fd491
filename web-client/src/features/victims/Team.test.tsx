import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { answerTo, ids, json, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const imran = "01930000-0000-7000-8000-0000000000c2";

it("puts somebody on the team, and names nobody who cannot be assigned", async () => {
  const sent = standAtTheWire(({ method }) => method === "POST" ? json({ id: imran }, 201) : undefined, supervisor);
  const user = open(`/cases/${ids.girl}`);

  await user.click(await screen.findByRole("button", { name: "Add to the team" }));
  const sheet = within(screen.getByRole("dialog"));
  await sheet.findByRole("radio", { name: "Imran Sial" });
  expect(sheet.queryByText("Away Today")).toBeNull();
  await user.click(sheet.getByRole("button", { name: "Add to the team" }));
  expect(sheet.getByRole("alert").textContent).toContain("Choose who joins");
  await user.click(sheet.getByRole("radio", { name: "Imran Sial" }));
  await user.click(sheet.getByRole("button", { name: "Add to the team" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const post = sent.find(({ method }) => method === "POST");
  expect([post?.path, post?.body]).toEqual([`/api/v1/victims/${ids.girl}/team`, { workerId: imran }]);
});

it("takes somebody off after saying what that means, and shows no such button to whom the server does not", async () => {
  const sent = standAtTheWire(({ method }) => method === "DELETE" ? new Response(null, { status: 204 }) : undefined, supervisor);
  const user = open(`/cases/${ids.girl}`);

  await user.click(await screen.findByRole("button", { name: /^Take off the team.*Sana Iqbal$/ }));
  const sheet = within(screen.getByRole("dialog"));
  expect(sheet.getByText("Sana Iqbal loses access to this case at once.")).toBeTruthy();
  await user.click(sheet.getByRole("button", { name: "Take off the team" }));

  await waitFor(() => expect(sent.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual([`/api/v1/victims/${ids.girl}/team/01930000-0000-7000-8000-0000000000c1`]));
});

it("shows the team alone to whom the server offers nothing more", async () => {
  standAtTheWire();
  open(`/cases/${ids.girl}`);

  await screen.findByText("Sana Iqbal");
  expect(screen.queryByRole("button", { name: /team/ })).toBeNull();
});

it("asks nothing of the case for whom only documents are open", async () => {
  const usual = answerTo("GET", `/api/v1/victims/${ids.girl}`) as { may: object };
  const girl = { ...usual, groups: ["identity"], whole: false, may: { ...usual.may, keepOrders: false } };
  const sent = standAtTheWire(({ path }) => path === `/api/v1/victims/${ids.girl}` ? json(girl) : undefined);
  open(`/cases/${ids.girl}`);

  await screen.findByRole("heading", { name: "About this person" });
  expect(screen.queryByRole("heading", { name: "Needs" })).toBeNull();
  expect(sent.filter(({ path }) => /\/(needs|team|access-log|bases)$/.test(path) && path.includes(ids.girl)).map(({ path }) => path)).toEqual([]);
});
