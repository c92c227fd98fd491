import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { catalog } from "../../tools/catalogs.ts";

const repository = resolve(import.meta.dirname, "../../..");
const source = (path: string): string => readFileSync(resolve(repository, path), "utf8");

/** Every code that the journal can write, from the one list of them. */
const actions = [...source("api/Referral.Api/Journal/JournalActions.cs").matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map(([, code]) => code ?? "");
const events = (JSON.parse(source("contracts/lifecycle.json")) as { moves: { event: string }[] }).moves.map(({ event }) => event);
const clocks = [...(/enum ClockKind\s*\{([^}]*)\}/.exec(source("api/Referral.Domain/Clocks/ClockKind.cs"))?.[1] ?? "").matchAll(/(\w+),/g)]
  .map(([, name]) => (name ?? "").replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase());

// What concerns agencies and their services is written down too, but never of a person.
const concernsPerson = (action: string): boolean => !/^(agency|worker|membership|client|holiday|length|service|capacity)\./.test(action);
const said = Object.keys(catalog("en"));

it("knows the codes it looks for", () => {
  expect(actions.length).toBeGreaterThan(40);
  expect(actions).toContain("block.set");
  expect(events).toContain("referral.withdrawn");
  expect(clocks).toContain("answer_info");
});

it.each(actions.filter(concernsPerson))("%s can be read in who looked", (action) => {
  expect(said).toContain(`victims.action_${action.replace(".", "_")}`);
});

it.each(actions.filter((action) => !concernsPerson(action)))("%s can be read by an auditor", (action) => {
  expect(said).toContain(`audit.action_${action.replace(".", "_")}`);
});

it.each([...new Set([...events, ...actions.filter((one) => one.startsWith("referral.")), "entry.added", "disclosure.changed", "clock.missed"])])("%s can be read in a referral's history", (action) => {
  expect(said).toContain(`referrals.did_${action.replace(/^referral\./, "").replace(".", "_")}`);
});

it.each([...events, "entry.added", "disclosure.changed"])("%s can be read as a notice", (kind) => {
  expect(said).toContain(`notices.kind_${kind.replace(".", "_")}`);
});

it.each(clocks)("the clock %s can be read as a notice", (clock) => {
  expect(said).toContain(`notices.clock_${clock}`);
});
