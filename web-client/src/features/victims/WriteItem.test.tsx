import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const written = (body: unknown): Response => json({ ...(body as object), group: "protection", at: new Date().toISOString(), changedAt: new Date().toISOString() }, 201);

it("writes an incident in codes, for its author alone", async () => {
  const sent = standAtTheWire(({ method, path, body }) => (method === "POST" && path.endsWith("/records") ? written(body) : undefined));
  const user = open(`/cases/${ids.girl}/items/incident`);

  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect(screen.getByRole("alert").textContent).toContain("Choose what happened");
  await user.click(await screen.findByRole("checkbox", { name: "Bonded labour" }));
  await user.click(screen.getByRole("checkbox", { name: "Debt or advance", hidden: true }));
  await user.selectOptions(screen.getByLabelText("What kind of place"), "brick_kiln");
  await user.click(screen.getByRole("checkbox", { name: /^Only I/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(location.pathname).toBe(`/cases/${ids.girl}`));
  expect(sent.find(({ method, path }) => method === "POST" && path.endsWith("/records"))?.body).toMatchObject({
    kind: "incident", restricted: true, body: { types: ["bonded_labour"], means: ["debt"], placeKind: "brick_kiln" },
  });
});

it("keeps what was typed when the page is left, and drops it once it is saved", async () => {
  const sent = standAtTheWire(({ method, path, body }) => (method === "POST" && path.endsWith("/records") ? written(body) : undefined));
  let user = open(`/cases/${ids.girl}/items/note`);
  await user.type(await screen.findByLabelText("In words"), "Asks for her sister");
  await user.click(screen.getByRole("button", { name: "Save and come back" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${ids.girl}`));
  cleanup();

  user = open(`/cases/${ids.girl}/items/note`);
  await waitFor(async () => expect(await screen.findByLabelText("In words")).toHaveProperty("value", "Asks for her sister"));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${ids.girl}`));
  expect(sent.filter(({ method, path }) => method === "POST" && path.endsWith("/records"))).toHaveLength(1);
  cleanup();

  open(`/cases/${ids.girl}/items/note`);
  await waitFor(async () => expect(await screen.findByLabelText("In words")).toHaveProperty("value", ""));
});

it("says at the field what the server does not take", async () => {
  standAtTheWire(({ method, path }) => (method === "POST" && path.endsWith("/records")
    ? problem(422, "invalid", { errors: [{ pointer: "/body/text", code: "too_long", detail: "Write less" }] }) : undefined));
  const user = open(`/cases/${ids.girl}/items/screening`);
  await user.click(await screen.findByRole("checkbox", { name: "Promises not kept" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await within(await screen.findByRole("alert")).findByText("Write less")).toBeTruthy();
});

it("takes back a part of a permission, the effect first", async () => {
  const sent = standAtTheWire();
  const user = open(`/cases/${ids.girl}`);
  await user.click(await screen.findByRole("button", { name: "Take back the permission" }));
  const sheet = screen.getByRole("dialog");
  expect(await within(sheet).findByText("These lose access at once")).toBeTruthy();
  await user.click(within(sheet).getByRole("radio", { name: "Only some of it" }));
  await user.click(within(sheet).getByRole("checkbox", { name: "Health" }));
  await waitFor(() => expect(sent.findLast(({ path }) => path.endsWith("/what-if"))?.body).toEqual({ groups: ["health"] }));
  await user.click(within(sheet).getByRole("button", { name: "Take back the permission" }));
  await waitFor(() => expect(sent.find(({ path }) => path.endsWith("/withdraw"))?.body).toEqual({ by: "self", reason: "person_withdrew", groups: ["health"] }));
});
