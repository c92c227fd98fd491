import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const notice = (n: number, more: object = {}): object => ({
  id: `01930000-0000-7000-8000-00000000f0${n}0`, kind: "referral.accepted", subjectKind: "referral", subjectId: ids.accepted, stage: "none", dueAt: null,
  at: new Date(Date.now() - n * 60_000).toISOString(), readAt: null, ...more,
});

it("says what is new, counts it, and knows what was read", async () => {
  let unread = [notice(1), notice(2, { kind: "clock.answer_info", stage: "escalated", dueAt: new Date(Date.now() + 3_600_000).toISOString() })];
  const sent = standAtTheWire(({ method, path }) => {
    if (method === "POST") {
      unread = unread.slice(1);
      return json({ ...notice(1), readAt: new Date().toISOString() });
    }
    return path.endsWith("/notifications") ? json({ items: unread, next: null }) : undefined;
  });
  const user = open("/notices");

  expect(await screen.findByRole("link", { name: "Little time is left: to answer a question" })).toBeTruthy();
  const nav = screen.getByRole("navigation", { name: "Places" });
  expect(await within(nav).findByText("2")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: /^Mark as read.*Your referral was accepted$/ }));

  await waitFor(() => expect(screen.queryByRole("link", { name: "Your referral was accepted" })).toBeNull());
  expect(await within(nav).findByText("1")).toBeTruthy();
  const post = sent.find(({ method }) => method === "POST");
  expect(post?.path).toBe("/api/v1/notifications/01930000-0000-7000-8000-00000000f010/read");
  expect(post?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
});
