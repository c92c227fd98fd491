import { cleanup, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { idleAfter } from "#api/seen.ts";
import { keptMe } from "#drafts/kept.ts";
import { problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const unreachable = (): never => {
  throw new TypeError("Failed to fetch");
};
const heading = (name: string): Promise<HTMLElement> => screen.findByRole("heading", { name }, { timeout: 20_000 });

it("opens without a connection for who was here a moment ago, and shut for who comes later", async () => {
  standAtTheWire();
  open("/register");
  await heading("New");
  await waitFor(async () => expect(await keptMe()).toBeDefined());
  cleanup();

  standAtTheWire(unreachable);
  open("/register");
  await heading("New");
  cleanup();

  localStorage.setItem("seen", String(Date.now() - idleAfter - 1000));
  open("/register");
  await heading("No connection");
  expect(screen.queryByText("New")).toBeNull();
}, 60_000);

it("covers what is open when the session turns out to have ended, and keeps it", async () => {
  let isEnded = false;
  standAtTheWire(({ path }) => (isEnded && path.startsWith("/api/") ? problem(401, "sign_in") : undefined));
  open("/register");
  await heading("New");
  isEnded = true;
  window.dispatchEvent(new Event("online"));
  await heading("Locked");
  expect(screen.getByRole("button", { name: "Someone was found" })).toBeTruthy();
});
