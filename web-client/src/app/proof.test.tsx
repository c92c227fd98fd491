import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { seen } from "#api/seen.ts";
import { open } from "#test/open.tsx";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";

const supervisor = { areas: ["work", "find", "register", "desk", "account"] };
const opened = vi.spyOn(window, "open").mockReturnValue(null);
beforeEach(() => opened.mockClear());
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "POST");

/** A line is written to whoever asked, and the server wants a sign-in first. */
async function sendBack(): Promise<{ user: UserEvent; again: ReturnType<typeof within> }> {
  const user = open(`/desk/${ids.closure}`);
  await user.click(await screen.findByRole("button", { name: "Send back" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.type(sheet.getByRole("textbox"), "Visit her once more");
  await user.click(sheet.getByRole("button", { name: "Send back" }));
  return { user, again: within(await screen.findByRole("dialog", { name: "Sign in again to decide" })) };
}

it("signs in again in another tab, and sends the same once more", async () => {
  let isProven = false;
  const sent = standAtTheWire(({ path }) => (path.endsWith("/decide") && !isProven ? problem(401, "sign_in_again") : undefined), supervisor);
  const { user, again } = await sendBack();

  await user.click(again.getByRole("button", { name: "Sign in again" }));
  expect(opened.mock.calls).toEqual([["/web/signin?return=%2Fsigned-in&lang=en&prompt=login", "_blank", "noopener"]]);
  await user.click(again.getByRole("button", { name: "Decide" }));
  // Too early: nobody has signed in yet.
  await screen.findByRole("button", { name: "Sign in again" });
  isProven = true;
  await user.click(screen.getByRole("button", { name: "Sign in again" }));
  await user.click(screen.getByRole("button", { name: "Decide" }));

  await screen.findByText("Decided. Whoever asked is told.");
  expect(posts(sent).map(({ body }) => body)).toEqual(Array(3).fill({ decision: "send_back", line: "Visit her once more" }));
  expect(new Set(posts(sent).map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1);
  expect(seen.isKnown()).toBe(true);
  expect(screen.queryByRole("heading", { name: "Locked" })).toBeNull();
});

it("keeps what was written where somebody does not sign in now", async () => {
  const sent = standAtTheWire(({ path }) => (path.endsWith("/decide") ? problem(401, "sign_in_again", { detail: "Sign in again, then decide." }) : undefined), supervisor);
  const { user, again } = await sendBack();

  await user.click(again.getByRole("button", { name: "Not now" }));

  await screen.findByText("Sign in again, then decide.");
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Visit her once more");
  expect(screen.queryByRole("heading", { name: "Locked" })).toBeNull();
  expect(posts(sent)).toHaveLength(1);
});

it("sends nothing as somebody else, and shows them nothing of it", async () => {
  let isOther = false;
  const other = { ...(answerTo("GET", "/api/v1/me", supervisor) as object), id: "01930000-0000-7000-8000-00000000ffff" };
  const sent = standAtTheWire(({ path }) => path.endsWith("/decide") ? problem(401, "sign_in_again") : isOther && path.endsWith("/me") ? json(other) : undefined, supervisor);
  const { user, again } = await sendBack();
  await user.click(again.getByRole("button", { name: "Sign in again" }));

  isOther = true;
  await user.click(again.getByRole("button", { name: "Decide" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.body.innerHTML).not.toContain("Visit her once more");
  expect(posts(sent)).toHaveLength(1);
});

it("shuts the page where the session has ended meanwhile", async () => {
  let isEnded = false;
  standAtTheWire(({ path }) => path.endsWith("/decide") ? problem(401, "sign_in_again") : isEnded && path.startsWith("/api/") ? problem(401, "sign_in") : undefined, supervisor);
  const { user, again } = await sendBack();
  await user.click(again.getByRole("button", { name: "Sign in again" }));

  isEnded = true;
  await user.click(again.getByRole("button", { name: "Decide" }));

  await screen.findByRole("heading", { name: "Locked" });
  expect(screen.queryByRole("dialog", { name: "Sign in again to decide" })).toBeNull();
});
