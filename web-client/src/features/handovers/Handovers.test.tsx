import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const provider = { areas: ["work", "places", "account"] };
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "POST");

it("receives a child before she arrives, and asks for nothing that is filled in already", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/handovers") ? json({ state: "open" }, 201) : undefined, provider);
  const user = open(`/referrals/${ids.accepted}`);

  await user.click(await screen.findByRole("button", { name: "Receive the child" }));
  expect(screen.queryByRole("button", { name: "Record arrival" })).toBeNull();
  expect(sent.filter(({ path }) => path.endsWith("/matches"))).toEqual([]);
  await user.click(await screen.findByRole("button", { name: "Save the handover" }));
  expect(screen.getByRole("alert").textContent).toContain("Write who gave the child");
  expect(posts(sent)).toEqual([]);

  await user.type(screen.getByLabelText("Given by"), "ASI Nasreen");
  await user.type(screen.getByLabelText("Received by"), "شاہدہ");
  await user.type(screen.getByLabelText("Where"), "Gate");
  await user.click(screen.getByRole("button", { name: "Save the handover" }));

  await waitFor(() => expect(posts(sent)).toHaveLength(1));
  expect(posts(sent)[0]?.body).toMatchObject({ direction: "arrival", reason: "to_shelter", children: 1, givenBy: "ASI Nasreen", receivedBy: "شاہدہ", place: "Gate", relationId: null });
});

it("counts for itself when it confirms, and says what follows when the child is not there", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/confirm") ? json({ state: "missing" }) : undefined, provider);
  const user = open(`/referrals/${ids.fresh}/handover`);

  await user.click(await screen.findByRole("button", { name: "Confirm" }));
  expect(screen.getByRole("alert").textContent).toContain("Say whether this child was there");
  expect(screen.getByText("An emergency: both supervisors are told at once.")).toBeTruthy();
  await user.click(screen.getByRole("radio", { name: /^No/ }));
  await user.type(screen.getByLabelText("How many children did you count?"), "۱");
  await user.click(screen.getByRole("button", { name: "Confirm" }));

  await waitFor(() => expect(posts(sent).map(({ body }) => body)).toEqual([{ children: 1, isThere: false, note: null }]));
});

it("lets the sender explain who was missing, and not say that she has come", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/settle") ? json({ state: "settled" }) : undefined);
  const user = open(`/referrals/${ids.asked}/handover`);

  await screen.findByText(/^This child is missing/);
  await user.click(await screen.findByRole("radio", { name: "Found, in another place" }));
  expect(screen.queryByRole("radio", { name: "The child is here now" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Save, and end the alarm" }));

  await waitFor(() => expect(posts(sent).map(({ body }) => body)).toEqual([{ finding: "found_elsewhere", note: null }]));
});

it("prints a slip that says nothing but a code and a number", async () => {
  standAtTheWire();
  open(`/cases/${ids.girl}/slip`);

  await screen.findByRole("img", { name: "The code for a camera" });
  await waitFor(() => expect(document.querySelector(".slip")?.textContent).toBe("PB-26-7F3K2Q15 · 1121"));
});
