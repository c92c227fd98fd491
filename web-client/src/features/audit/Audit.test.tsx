import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

afterEach(() => {
  vi.useRealTimers();
});

const auditor = { areas: ["audit", "account"] };
const searches = (sent: readonly Sent[]): Sent[] => sent.filter(({ path }) => path === "/api/v1/audit");
const proofs = (sent: readonly Sent[]): unknown[] => sent.filter(({ path }) => path === "/api/v1/audit/verify").map(({ body }) => body);
const part = (more: object): Response => json({ seals: 100, rows: 500, badPosition: null, fault: null, next: null, newest: 150, waiting: 0, witnessed: 150, ...more });

it("is where an auditor's day begins, and asks nothing before somebody presses", async () => {
  const sent = standAtTheWire(undefined, auditor);
  open("/");

  await screen.findByRole("heading", { level: 1, name: "Journal" });
  expect(location.pathname).toBe("/audit");
  expect(screen.getByText("Each search, and each page of it, is itself written in the journal.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Journal", current: "page" })).toBeTruthy();
  expect(searches(sent)).toEqual([]);
});

it("is shown to nobody else", async () => {
  const sent = standAtTheWire(undefined, { areas: ["work", "account"] });
  open("/audit/verify");

  await waitFor(() => expect(location.pathname).toBe("/referrals/received"));
  expect(proofs(sent)).toEqual([]);
});

it("asks by day, agency, action and case, once, and shows rows in plain words and no name", async () => {
  const sent = standAtTheWire(undefined, auditor);
  const user = open("/audit");

  await user.type(await screen.findByLabelText("From this day"), "2026-11-20");
  await user.type(screen.getByLabelText("Until this day"), "2026-11-21");
  const agency = screen.getByLabelText<HTMLSelectElement>("Agency");
  await waitFor(() => expect(agency.options.length).toBeGreaterThan(1));
  await user.selectOptions(agency, agency.options[1] as HTMLOptionElement);
  await user.selectOptions(screen.getByLabelText("What was done"), "Counted places");
  await user.type(screen.getByLabelText("Case id"), ids.girl);
  await user.click(screen.getByRole("button", { name: "Search" }));

  const found = within(await screen.findByRole("region", { name: "Found, newest first" }));
  await waitFor(() => expect(found.getAllByRole("listitem").length).toBe(4));
  const [first, second, third] = found.getAllByRole("listitem").map((row) => row.textContent);
  expect(first).toMatch(/^Read.*(Who the person is|Identity).*Health/);
  expect(second).toMatch(/^Was refusedRefused/);
  expect(third).toContain("The system itself");
  expect(searches(sent).map(({ query }) => Object.fromEntries(new URLSearchParams(query)))).toEqual([{
    from: "2026-11-19T19:00:00.000Z", to: "2026-11-21T19:00:00.000Z", agencyId: agency.value, action: "capacity.set", victimId: ids.girl,
  }]);
});

it("does not ask again by itself: not when somebody comes back to it, not after a while", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const sent = standAtTheWire(undefined, auditor);
  const user = open("/audit");

  await user.click(await screen.findByRole("button", { name: "Search" }));
  await screen.findByText(/The system itself/);
  await vi.advanceTimersByTimeAsync(120_000);
  window.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("focus"));
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(searches(sent).length).toBe(1);

  await user.click(screen.getByRole("button", { name: "Search" }));
  await waitFor(() => expect(searches(sent).length).toBe(2));
});

it("shows more when somebody presses for it", async () => {
  const sent = standAtTheWire(({ path, query }) => path === "/api/v1/audit"
    ? json({ ...(answerTo("GET", path) as object), next: query.includes("cursor") ? null : "later" }) : undefined, auditor);
  const user = open("/audit");

  await user.click(await screen.findByRole("button", { name: "Search" }));
  await user.click(await screen.findByRole("button", { name: "Show more" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Show more" })).toBeNull());
  expect(searches(sent).map(({ query }) => query)).toEqual(["", "?cursor=later"]);
});

it("says what is wrong with a question, and asks nothing", async () => {
  const sent = standAtTheWire(undefined, auditor);
  const user = open("/audit");

  await user.type(await screen.findByLabelText("From this day"), "2026-11-20");
  await user.type(screen.getByLabelText("Until this day"), "2026-11-19");
  await user.type(screen.getByLabelText("Case id"), "PB-26-7F3K2Q");
  await user.click(screen.getByRole("button", { name: "Search" }));

  const summary = within(screen.getByRole("alert"));
  expect(summary.getAllByRole("link").map((link) => link.textContent)).toEqual(["Choose an end that is not before the beginning", "Copy the whole id from a row"]);
  expect(searches(sent)).toEqual([]);
});

it.each([[403, "not_permitted", "Your role does not allow this. Ask your supervisor."], [503, "unavailable", /./]])("says so when the server answers %i", async (status, code, sentence) => {
  standAtTheWire(({ path }) => path === "/api/v1/audit" ? problem(status, code) : undefined, auditor);
  const user = open("/audit");

  await user.click(await screen.findByRole("button", { name: "Search" }));
  expect(within(await screen.findByRole("alert")).getAllByText(sentence).length).toBeGreaterThan(0);
});

it("says when nothing is found", async () => {
  standAtTheWire(({ path }) => path === "/api/v1/audit" ? json({ items: [], next: null }) : undefined, auditor);
  const user = open("/audit");

  await user.click(await screen.findByRole("button", { name: "Search" }));
  await screen.findByText("Nothing in the journal is like this.");
});

it("proves the journal part after part, and shows the newest seals to compare", async () => {
  const sent = standAtTheWire(({ path, body }) => path === "/api/v1/audit/verify"
    ? part((body as { fromSeal: number }).fromSeal === 1 ? { next: 101 } : { seals: 50, rows: 250, newest: 151, witnessed: 151 }) : undefined, auditor);
  const user = open("/audit/verify");

  await user.click(await screen.findByRole("button", { name: "Prove it now" }));
  await screen.findByText("All 750 rows are as they were written.");
  expect(screen.getByText("150 seals are good; the witness file remembers up to seal 151.")).toBeTruthy();
  expect(proofs(sent)).toEqual([{ fromSeal: 1 }, { fromSeal: 101 }]);
  const seals = within(await screen.findByRole("region", { name: "The newest seals" }));
  await seals.findByText("Seal 3");
  expect(seals.getAllByRole("listitem").map((row) => row.querySelector("strong")?.textContent)).toEqual(["Seal 3", "Seal 2", "Seal 1"]);
  expect(sent.find(({ path }) => path.endsWith("/seals"))?.query).toBe("?after=141&limit=10");
});

it("stops at the first bad position, and says what to do", async () => {
  const sent = standAtTheWire(({ path }) => path === "/api/v1/audit/verify" ? part({ rows: 311, badPosition: 312, fault: "row_changed" }) : undefined, auditor);
  const user = open("/audit/verify");

  await user.click(await screen.findByRole("button", { name: "Prove it now" }));
  await screen.findByText("The first bad position is 312");
  expect(screen.getByText(/A row was changed|row changed/)).toBeTruthy();
  expect(within(screen.getByRole("region", { name: "What to do now" })).getAllByRole("listitem").length).toBe(3);
  expect(screen.queryByText(/as they were written\.$/)?.textContent).toBe("The 311 rows before it are as they were written.");
  expect(proofs(sent).length).toBe(1);
});

it("goes on where it stood after the connection was lost", async () => {
  let fails = true;
  const sent = standAtTheWire(({ path, body }) => {
    if (path !== "/api/v1/audit/verify") {
      return undefined;
    }
    if ((body as { fromSeal: number }).fromSeal === 1) {
      return part({ next: 101 });
    }
    return fails ? problem(503, "unavailable") : part({ seals: 50, rows: 250 });
  }, auditor);
  const user = open("/audit/verify");

  await user.click(await screen.findByRole("button", { name: "Prove it now" }));
  await screen.findByText("Good so far: 500 rows in 100 of 150 seals");
  fails = false;
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  await screen.findByText("All 750 rows are as they were written.");
  expect(proofs(sent)).toEqual([{ fromSeal: 1 }, { fromSeal: 101 }, { fromSeal: 101 }]);
});
