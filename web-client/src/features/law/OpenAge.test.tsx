import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { json, problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const row = (province: string, limit: number | null, status: string): object => ({
  purpose: "marriage_female", province, limit, sex: null, status, benchmark: 18,
  rule: limit === null ? null : {
    id: `rule-${province}`, jurisdiction: province, purpose: "marriage_female", limit, sex: null, instrumentId: "act", law: "Marriage act", from: "2014-06-11", to: null,
    precision: "day", kind: "statute", verifyBy: null, note: null, confidence: "high",
  },
});

it("says to anybody who is a child, by province and day, and where it is not sure", async () => {
  const sent = standAtTheWire(({ path }) => path.endsWith("/me") ? problem(401, "sign_in")
    : path.endsWith("/law/rules") ? json({ items: [row("PK-SD", 18, "in_force"), row("PK-PB", 18, "unverified"), row("PK-KP", 16, "in_force"), row("PK-JK", null, "no_rule")], next: null }) : undefined);
  const user = open("/open/age");

  const table = (await screen.findByRole("heading", { name: "The same as a table" })).closest("section") as HTMLElement;
  expect(within(table).getAllByText("under 18")).toHaveLength(2);
  expect(within(table).getByText("under 16")).toBeTruthy();
  expect(within(table).getByText("No rule is known")).toBeTruthy();
  expect(within(table).getByText("International standard: under 18")).toBeTruthy();
  expect(screen.getByRole("img", { name: /^Map: / }).querySelectorAll("path[data-doubt]")).toHaveLength(2);

  await user.clear(screen.getByLabelText("On which day?"));
  await user.type(screen.getByLabelText("On which day?"), "2014-06-10");
  await screen.findByRole("img", { name: /2014-06-10$/ });
  expect(sent.filter(({ path }) => path.endsWith("/law/rules")).map(({ query }) => query).at(-1)).toContain("on=2014-06-10");
});
