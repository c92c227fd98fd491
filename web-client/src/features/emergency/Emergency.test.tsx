import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const doctor = { areas: ["work", "emergency", "account"] };
const finder = { areas: ["work", "find", "register", "emergency", "account"] };
const supervisor = { areas: ["work", "find", "register", "desk", "emergency", "account"] };
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "POST");

it("opens a case by its code, a reason and words, and goes there", async () => {
  const sent = standAtTheWire(undefined, doctor);
  const user = open("/emergency");

  await user.click(await screen.findByRole("button", { name: "Open for four hours" }));
  const summary = within(screen.getByRole("alert"));
  expect(summary.getAllByRole("link").map((link) => link.textContent)).toEqual(["Write the case code", "Choose why now", "Write what is happening"]);
  expect(posts(sent)).toEqual([]);
  await user.type(screen.getByLabelText("Case code"), " pb 26 2b6n8w ");
  await user.click(await screen.findByRole("radio", { name: "Medical emergency" }));
  await user.type(screen.getByLabelText("What is happening?"), "She bleeds");
  await user.click(screen.getByRole("checkbox", { name: "Health" }));
  expect(screen.getByText(/At once these hear of it: her team, their supervisors, and the national protection office/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Open for four hours" }));

  await screen.findByText("Emergency access. All that you open here is written down.");
  expect(posts(sent).map(({ path, body }) => [path, body])).toEqual([
    ["/api/v1/break-glass", { caseCode: "pb 26 2b6n8w", reason: "medical_emergency", note: "She bleeds", groups: ["health"] }],
  ]);
  expect(location.pathname).toBe(`/cases/${ids.hers}`);
});

it("says whom to ring when the code opens nothing, and keeps what was typed", async () => {
  standAtTheWire(({ method }) => method === "POST" ? problem(404, "unknown", { detail: "There is nothing here that you can open." }) : undefined, doctor);
  const user = open("/emergency");

  await user.type(await screen.findByLabelText("Case code"), "PB-26-00000E");
  await user.click(await screen.findByRole("radio", { name: "Life at risk" }));
  await user.type(screen.getByLabelText("What is happening?"), "She bleeds");
  await user.click(screen.getByRole("button", { name: "Open for four hours" }));

  await screen.findByText(/ring the agency that leads the case, or 1121/);
  expect((screen.getByLabelText("Case code") as HTMLInputElement).value).toBe("PB-26-00000E");
  expect((screen.getByLabelText("What is happening?") as HTMLTextAreaElement).value).toBe("She bleeds");
});

it("frames the case in red with the time that is left, and shows nothing that was not opened", async () => {
  const sent = standAtTheWire(undefined, doctor);
  open(`/cases/${ids.hers}`);

  await screen.findByText("Emergency access. All that you open here is written down.");
  expect(document.querySelector("main")?.classList.contains("emergency")).toBe(true);
  expect(screen.getByText("3 h left")).toBeTruthy();
  await screen.findByRole("heading", { level: 3, name: "Who the person is" });
  expect(screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent)).toEqual(["Who the person is", "Health"]);
  expect(sent.some(({ path }) => /\/(needs|team|access-log|bases|records)$/.test(path))).toBe(false);
});

it("shows no more of the case once the time is over", async () => {
  standAtTheWire(({ path }) => path.endsWith(`/victims/${ids.hers}`)
    ? json({ ...(answerTo("GET", path) as object), emergencyUntil: new Date(Date.now() - 1000).toISOString() }) : undefined, doctor);
  open(`/cases/${ids.hers}`);

  await screen.findByText("Your emergency access has ended.");
  expect(screen.queryByRole("heading", { level: 3 })).toBeNull();
});

it("shows on the desk what waits for an answer, with what was read, and answers with a line", async () => {
  const sent = standAtTheWire(undefined, supervisor);
  const user = open("/desk");

  const waiting = within(await screen.findByRole("region", { name: "1 case was opened in an emergency" }));
  await user.click(waiting.getByRole("link", { name: /^Medical emergency, Girl/ }));
  await screen.findByText(/She was brought in unconscious/);
  const read = within(screen.getByRole("region", { name: "What was read" }));
  await read.findByText("Who the person is");
  expect(read.getAllByRole("listitem").map((row) => row.textContent)).toEqual([expect.stringMatching(/^Who the person isonce/), expect.stringMatching(/^Health3 times, from /)]);
  await user.click(screen.getByRole("button", { name: "Too much was opened" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Too much was opened" }));
  expect(sheet.getByRole("alert").textContent).toContain("Write why");
  await user.type(sheet.getByLabelText("Why?"), "Her name was enough");
  await user.click(sheet.getByRole("button", { name: "Too much was opened" }));

  await screen.findByText("Answered. Whoever opened it is told.");
  const [post] = posts(sent);
  expect([post?.path, post?.body, post?.headers.get("If-Match")]).toEqual([`/api/v1/break-glass/${ids.glass}/review`, { answer: "too_wide", line: "Her name was enough" }, '"1"']);
});

it("has no answers for what one opened oneself, and ends it", async () => {
  const sent = standAtTheWire(undefined, doctor);
  const user = open(`/emergency/${ids.glassOwn}`);

  await screen.findByText(/^You opened this/);
  expect(screen.queryByRole("button", { name: "It was right" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "End it now" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "End it now" }));
  await waitFor(() => expect(posts(sent).map(({ path }) => path)).toEqual([`/api/v1/break-glass/${ids.glassOwn}/end`]));
});

it("tells the supervisors of whoever opened it wrongly of the worker, and nothing of her", async () => {
  standAtTheWire(undefined, supervisor);
  open(`/emergency/${ids.glassFound}`);

  await screen.findByText("A worker of yours opened a case that is not shown to you.");
  expect(screen.getByText("Dr. Hina Raza")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Open the case" })).toBeNull();
});

it("leads there from a search by a code that found nothing", async () => {
  standAtTheWire(({ path }) => path.endsWith("/victims/search") ? json({ items: [], more: false }) : undefined, finder);
  const user = open("/find");

  await user.type(await screen.findByLabelText("Case code"), "PB-26-2B6N8W");
  await user.click(screen.getByRole("button", { name: "Search" }));
  await user.click(await screen.findByRole("button", { name: "Open it in an emergency" }));

  expect((await screen.findByLabelText("Case code") as HTMLInputElement).value).toBe("PB-26-2B6N8W");
  expect(location.href).not.toContain("2B6N8W");
});
