import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ids, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const provider = { areas: ["work", "account"] };
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "POST");
const path = (id: string, what: string): string => `/api/v1/referral-groups/${id}/${what}`;

describe("those who came together", () => {
  it("are counted in one form, in which nobody is ticked before", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/groups/${ids.setComing}`);

    await user.click(await screen.findByRole("button", { name: "Count them and confirm" }));
    const sheet = within(screen.getByRole("dialog"));
    expect(sheet.getAllByRole<HTMLInputElement>("checkbox").map(({ checked }) => checked)).toEqual([false, false]);
    for (const one of sheet.getAllByRole("checkbox")) {
      await user.click(one);
    }
    await user.type(sheet.getByLabelText("How many children did you count?"), "۲");
    await user.click(sheet.getByRole("button", { name: "Count them and confirm" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(posts(sent).map((one) => [one.path, one.body, one.headers.get("If-Match")])).toEqual([
      [path(ids.setComing, "handovers/confirm"), { referralIds: [ids.accepted, ids.fresh], missing: [], children: 2, note: null }, '"1"'],
    ]);
  });

  it("leave nobody missing by a tick that was forgotten", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/groups/${ids.setComing}`);

    await user.click(await screen.findByRole("button", { name: "Count them and confirm" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("checkbox", { name: /^1\./ }));
    await user.type(sheet.getByLabelText("How many children did you count?"), "1");
    await user.click(sheet.getByRole("button", { name: "Count them and confirm" }));
    expect(sheet.getByRole("alert").textContent).toContain("Tick everybody who was there");
    expect(posts(sent)).toEqual([]);
    await user.click(sheet.getByRole("checkbox", { name: "1 child is missing" }));
    await user.click(sheet.getByRole("button", { name: "Count them and confirm" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(posts(sent)[0]?.body).toEqual({ referralIds: [ids.accepted, ids.fresh], missing: [ids.fresh], children: 1, note: null });
  });

  it("are handed over once for all who are ticked", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/groups/${ids.setComing}`);

    await user.click(await screen.findByRole("button", { name: "Write down the handover of 1" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("button", { name: /^Write down/ }));
    expect(sheet.getByRole("alert").textContent).toContain("Write who gave the child");
    await user.type(sheet.getByLabelText("Given by"), "Constable Gul");
    await user.type(sheet.getByLabelText("Received by"), "The warden");
    await user.type(sheet.getByLabelText("Where"), "At the gate");
    await user.click(sheet.getByRole("button", { name: /^Write down/ }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(posts(sent)[0]).toMatchObject({
      path: path(ids.setComing, "handovers"), body: { referralIds: [ids.served], reason: "to_shelter", children: 1, givenBy: "Constable Gul", receivedBy: "The warden", place: "At the gate" },
    });
  });

  it("keep what was typed when one of them cannot arrive, and say why", async () => {
    const sent = standAtTheWire(({ method }) => (method === "POST" ? problem(409, "handover_needed", { detail: "A child arrives once somebody here has received her." }) : undefined), provider);
    const user = open(`/groups/${ids.setApart}`);

    await user.click(await screen.findByRole("button", { name: "More" }));
    await user.click(await screen.findByRole("button", { name: "Record 2 arrivals" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("checkbox", { name: /^2\./ }));
    await user.click(sheet.getByRole("button", { name: "Record 1 arrival" }));

    expect(await sheet.findByText(/received her/)).toBeTruthy();
    expect(posts(sent)[0]).toMatchObject({ path: path(ids.setApart, "move"), body: { action: "arrive", referralIds: [ids.accepted] } });
  });
});

it("lets a second person decide once about all who are kept apart", async () => {
  const sent = standAtTheWire(undefined, provider);
  const user = open(`/groups/${ids.setApart}`);

  await user.click(await screen.findByRole("button", { name: "Refuse for all of them" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Refuse for all of them" }));
  expect(sheet.getByRole("alert").textContent).toContain("Write why not");
  await user.type(sheet.getByLabelText("Why not?"), "Find a place for both.");
  await user.click(sheet.getByRole("button", { name: "Refuse for all of them" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(posts(sent).map((one) => [one.path, one.body])).toEqual([[path(ids.setApart, "decide"), { decision: "refuse", line: "Find a place for both." }]]);
});
