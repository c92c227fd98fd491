import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const office = { areas: ["desk", "alerts", "account"] };

it("tells the office who tried, and settles it with words alone", async () => {
  const sent = standAtTheWire(undefined, office);
  const user = open("/desk");

  await user.click(await screen.findByRole("link", { name: /^Tried to open her/ }));
  await screen.findByText("Neither they nor their agency knows that you see this.");
  await user.click(screen.getByRole("button", { name: "Settle it" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Settle it" }));
  expect(sheet.getByRole("alert").textContent).toContain("Write what was found out");
  await user.type(sheet.getByLabelText(/What was found out/), "An old file");
  await user.click(sheet.getByRole("button", { name: "Settle it" }));

  await screen.findByText("Settled. They are told nothing.");
  expect(sent.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body])).toEqual([[`/api/v1/silent-alerts/${ids.alert}/handled`, { words: "An old file" }]]);
});

it("asks for no alerts where nobody may hear of them", async () => {
  const sent = standAtTheWire(undefined, { areas: ["work", "desk", "account"] });
  open("/desk");

  await screen.findByRole("heading", { name: "Decisions" });
  await waitFor(() => expect(sent.some(({ path }) => path.endsWith("/approvals"))).toBe(true));
  expect(sent.filter(({ path }) => path.includes("silent-alerts"))).toEqual([]);
});
