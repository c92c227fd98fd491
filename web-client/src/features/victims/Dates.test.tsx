import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const clock = (more: object): object => ({
  id: "01930000-0000-7000-8000-00000000c010", kind: "act_before", subjectKind: "victim", subjectId: ids.girl, topic: "appeal", visit: null, urgency: "high", stage: "none", state: "running",
  startedAt: new Date(Date.now() - 3_600_000).toISOString(), dueAt: new Date(Date.now() + 3_600_000).toISOString(), canBeDone: true, ...more,
});
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);

it("sets a deadline for her, names each field that lacks something, and lists it until it is done", async () => {
  let all = [clock({ id: "01930000-0000-7000-8000-00000000c020", kind: "acknowledge", subjectKind: "referral", subjectId: ids.fresh, topic: null, canBeDone: false })];
  let refused = true;
  const sent = standAtTheWire(({ method, path, query }) => {
    if (method === "POST" && path === "/api/v1/clocks") {
      if (refused) {
        refused = false;
        return problem(422, "rule_broken", { errors: [{ pointer: "/dueAt", code: "too_far", detail: "Choose a day within ten years" }] });
      }
      all = [clock({}), ...all];
      return json(clock({}), 201);
    }
    if (method === "POST" && path.endsWith("/done")) {
      all = all.slice(1);
      return json(clock({ state: "met", canBeDone: false }));
    }
    return path === "/api/v1/clocks" ? json({ items: query.includes(`victimId=${ids.girl}`) ? all : [], next: null }) : undefined;
  });
  const user = open(`/cases/${ids.girl}`);

  const dates = within(await screen.findByRole("region", { name: "Deadlines" }));
  await dates.findByText("No deadline runs for this person.");
  await user.click(dates.getByRole("button", { name: "Set a deadline" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Set a deadline" }));
  expect(sheet.getByRole("alert").textContent).toContain("Choose what has to be done");
  expect(sheet.getByLabelText("Before when?").getAttribute("aria-invalid")).toBe("true");

  await user.type(sheet.getByLabelText("Before when?"), "2040-01-01T09:00");
  await user.click(await sheet.findByRole("radio", { name: "Appeal" }));
  await user.click(sheet.getByRole("button", { name: "Set a deadline" }));
  expect((await sheet.findAllByText("Choose a day within ten years")).length).toBe(2);
  await user.click(sheet.getByRole("button", { name: "Set a deadline" }));

  await user.click(await dates.findByRole("button", { name: /^It is done.*Appeal$/ }));
  expect(dates.queryByRole("link")).toBeNull();
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "It is done" }));
  await dates.findByText("No deadline runs for this person.");
  const wanted = { victimId: ids.girl, topic: "appeal", dueAt: new Date("2040-01-01T09:00").toISOString() };
  expect(posts(sent)).toEqual([["/api/v1/clocks", wanted], ["/api/v1/clocks", wanted], ["/api/v1/clocks/01930000-0000-7000-8000-00000000c010/done", undefined]]);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
