import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const clock = (n: number, more: object): object => ({
  id: `01930000-0000-7000-8000-00000000c0${n}0`, kind: "act_before", subjectKind: "victim", subjectId: ids.girl, topic: null, urgency: "high", stage: "none", state: "running",
  startedAt: new Date(Date.now() - 3_600_000).toISOString(), dueAt: new Date(Date.now() + n * 3_600_000).toISOString(), canBeDone: true, ...more,
});

it("lists deadlines, opens what can be opened, and takes the word that data is deleted", async () => {
  let all = [clock(1, { kind: "attest_deletion", subjectKind: "referral", subjectId: ids.fresh }), clock(2, { kind: "acknowledge", subjectKind: "referral", subjectId: ids.fresh, canBeDone: false })];
  const sent = standAtTheWire(({ method, path }) => {
    if (method === "POST") {
      all = all.slice(1);
      return json(clock(1, { kind: "attest_deletion", state: "met", canBeDone: false }));
    }
    return path.endsWith("/clocks") ? json({ items: all, next: null }) : undefined;
  });
  const user = open("/deadlines");

  await user.click(await screen.findByRole("button", { name: /^We have deleted it/ }));
  expect(screen.getAllByRole("link").filter((link) => link.getAttribute("href") === `/referrals/${ids.fresh}`)).toHaveLength(1);
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "We have deleted it" }));

  await waitFor(() => expect(screen.queryByRole("button", { name: /^We have deleted it/ })).toBeNull());
  const post = sent.find(({ method }) => method === "POST");
  expect(post?.path).toBe("/api/v1/clocks/01930000-0000-7000-8000-00000000c010/done");
  expect(post?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
});
