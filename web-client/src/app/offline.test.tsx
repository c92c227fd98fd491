import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { idleAfter, leaveLists } from "#api/seen.ts";
import { beginSession } from "#api/session.ts";
import { keptMe } from "#drafts/kept.ts";
import { forget, lockAll } from "#drafts/sealed.ts";
import { keptWorklist } from "#drafts/worklists.ts";
import { answerTo, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";
import { ended } from "./ended.ts";

beforeEach(() => {
  ended.set(false);
  localStorage.removeItem("end-session");
});

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

it("shows the work as it was read last, with its time, and nothing of it after leaving", async () => {
  standAtTheWire();
  open("/referrals/received");
  const link = { name: /^Safe shelter/ };
  await screen.findAllByRole("link", link);
  await waitFor(async () => expect(await keptMe()).toBeDefined());
  const { id } = (await keptMe()) as { id: string };
  await waitFor(async () => expect(await keptWorklist(id, "referrals/received/open")).toBeDefined());
  cleanup();

  standAtTheWire(unreachable);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  open("/referrals/received");
  await screen.findAllByRole("link", link);
  await screen.findByText(/^No connection\. This is the list of/);
  cleanup();

  leaveLists();
  open("/referrals/received");
  await screen.findByRole("button", { name: "Try again" }, { timeout: 20_000 });
  expect(screen.queryByRole("link", link)).toBeNull();
  vi.restoreAllMocks();
}, 60_000);

it("says under the lock that signing in needs a connection", async () => {
  await getIn();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  act(() => ended.set(true));
  await screen.findByText("No connection. You can sign in when it is back.");
  expect(screen.queryByText("Sign in again")).toBeNull();
  vi.restoreAllMocks();
  act(() => {
    window.dispatchEvent(new Event("online"));
  });
  await screen.findByText("Sign in again");
});

it("says that there is none where the browser believes in a network that leads nowhere, and finds the way back by itself", async () => {
  const [each, once] = [setInterval, setTimeout];
  vi.stubGlobal("setInterval", (then: () => void, after?: number) => each(then, after === 10_000 ? 50 : after));
  vi.stubGlobal("setTimeout", (then: () => void, after?: number) => once(then, after === 5000 ? 0 : after));
  await getIn();
  expect(screen.queryByText("No connection")).toBeNull();
  standAtTheWire(unreachable);
  window.dispatchEvent(new Event("online"));
  await screen.findByText("No connection");
  expect(navigator.onLine).toBe(true);
  // Longer than whatever failed is tried again.
  await new Promise((later) => once(later, 4000));

  standAtTheWire();
  await waitFor(() => expect(screen.queryByText("No connection")).toBeNull());
}, 30_000);

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

/** Somebody is in, and remembered. */
async function getIn(special?: Parameters<typeof standAtTheWire>[0]): Promise<Sent[]> {
  const sent = standAtTheWire(special);
  open("/register");
  await heading("New");
  await waitFor(async () => expect(await keptMe()).toBeDefined());
  return sent;
}

async function staysShut(): Promise<void> {
  cleanup();
  ended.set(false);
  standAtTheWire(unreachable);
  open("/register");
  await heading("No connection");
}

describe("the phone is shut", () => {
  it("once the server has said that nobody is signed in", async () => {
    let isEnded = false;
    await getIn(({ path }) => (isEnded && path.startsWith("/api/") ? problem(401, "sign_in") : undefined));
    isEnded = true;
    window.dispatchEvent(new Event("online"));
    await heading("Locked");
    await staysShut();
  }, 30_000);

  it("while a session has still to be ended", async () => {
    await getIn();
    localStorage.setItem("end-session", "");
    await staysShut();
  }, 30_000);

  it("in this tab when it is left in another", async () => {
    await getIn();
    localStorage.removeItem("seen");
    act(() => {
      window.dispatchEvent(new StorageEvent("storage", { key: "seen", newValue: null }));
    });
    await heading("Locked");
    fireEvent.pointerDown(document.body);
    expect(localStorage.getItem("seen")).toBeNull();
  });

  it("at the next touch when word of the other tab did not arrive", async () => {
    await getIn();
    localStorage.removeItem("seen");
    fireEvent.pointerDown(document.body);
    await heading("Locked");
    expect(localStorage.getItem("seen")).toBeNull();
  });
});

it("goes on as whoever the server names, however late", async () => {
  await getIn();
  cleanup();
  const real = setTimeout;
  vi.stubGlobal("setTimeout", (then: () => void, after?: number) => real(then, after === 8000 ? 0 : after));
  let say: (me: Response) => void = () => undefined;
  standAtTheWire(({ path }) => (path === "/api/v1/me" ? new Promise((answered) => {
    say = answered;
  }) : undefined));
  open("/more");
  const me = answerTo("GET", "/api/v1/me", {}) as { id: string; displayName: string };
  await screen.findByText(me.displayName);
  say(json({ ...me, id: "01930000-0000-7000-8000-0000000000c9", displayName: "Somebody else" }));
  await screen.findByText("Somebody else");
  expect(screen.queryByText(me.displayName)).toBeNull();
}, 30_000);

describe("a session that could not be ended", () => {
  const signouts = (sent: readonly Sent[]): Sent[] => sent.filter(({ path }) => path === "/web/signout");

  it("ends when the connection returns, and is due until the server has done it", async () => {
    let status = 503;
    const sent = await getIn(({ path }) => (path === "/web/signout" ? json({ next: null }, status) : undefined));
    localStorage.setItem("end-session", "");
    window.dispatchEvent(new Event("online"));
    await waitFor(() => expect(signouts(sent)).toHaveLength(1));
    await heading("Locked");
    expect(localStorage.getItem("end-session")).toBe("");
    status = 200;
    window.dispatchEvent(new Event("online"));
    await waitFor(() => expect(localStorage.getItem("end-session")).toBeNull());
  });

  it("is not taken for one that began since", async () => {
    const sent = standAtTheWire(({ path }) => (path === "/web/session" ? json({ signedIn: true, endsAt: "2031-01-01T10:00:00Z", memberships: [] }) : undefined));
    localStorage.setItem("end-session", "2031-01-01T02:00:00Z");
    beginSession();
    open("/register");
    await heading("New");
    expect(signouts(sent)).toEqual([]);
    expect(localStorage.getItem("end-session")).toBeNull();

    cleanup();
    localStorage.setItem("end-session", "2031-01-01T10:00:00Z");
    beginSession();
    open("/register");
    await waitFor(() => expect(signouts(sent)).toHaveLength(1));
  });

  it("ends before somebody signs in again, and does not take the new one with it", async () => {
    const sent = await getIn(({ path }) => (path === "/web/signout" ? json({ next: null }) : undefined));
    localStorage.setItem("end-session", "");
    act(() => ended.set(true));
    const assign = vi.fn();
    vi.stubGlobal("location", { ...window.location, assign });
    fireEvent.click(await screen.findByText("Sign in again"));
    await waitFor(() => expect(assign).toHaveBeenCalledWith(expect.stringContaining("/web/signin?return=")));
    expect(signouts(sent)).toHaveLength(1);
    expect(localStorage.getItem("end-session")).toBeNull();
  });
});

describe("with a PIN", () => {
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const serves = ({ path }: Sent): Response | undefined => (path.startsWith("/web/device-keys") ? json({ id: "0193", key: secret }) : undefined);
  const pin = "280417";

  beforeEach(() => forget((answerTo("GET", "/api/v1/me") as { id: string }).id));

  async function givenPin(): Promise<void> {
    standAtTheWire(serves);
    const user = userEvent.setup();
    open("/account/pin");
    await heading("PIN for when there is no connection");
    await user.type(await screen.findByLabelText("PIN"), "123456");
    await user.click(screen.getByRole("button", { name: "Save the PIN" }));
    expect(screen.getByRole("alert").textContent).toContain("Choose a PIN that is not tried first");
    await user.clear(screen.getByLabelText("PIN"));
    await user.type(screen.getByLabelText("PIN"), "۲۸۰۴۱۷");
    await user.type(screen.getByLabelText("The same PIN again"), pin);
    await user.click(screen.getByRole("button", { name: "Save the PIN" }));
    await screen.findByText(/^Saved\./, {}, { timeout: 10_000 });
    cleanup();
    lockAll();
  }

  it("opens without a connection, however long ago she was here, and not without the PIN", async () => {
    await givenPin();
    localStorage.setItem("seen", String(Date.now() - idleAfter - 1000));
    standAtTheWire(unreachable);
    const user = userEvent.setup();
    open("/register");
    await heading("No connection");
    await user.type(await screen.findByLabelText("PIN"), "280418");
    await user.click(screen.getByRole("button", { name: "Open" }));
    await screen.findByText(/^That is not the PIN/, {}, { timeout: 10_000 });
    expect(screen.queryByRole("heading", { name: "New" })).toBeNull();
    await user.type(screen.getByLabelText("PIN"), pin);
    await user.click(screen.getByRole("button", { name: "Open" }));
    await heading("New");
  }, 60_000);

  it("lifts the lock over what is open, and signs nobody in", async () => {
    await givenPin();
    const sent = standAtTheWire(serves);
    open("/register");
    await heading("New");
    act(() => ended.set(true));
    standAtTheWire(unreachable);
    const user = userEvent.setup();
    const lock = within(await screen.findByRole("dialog", { name: "Locked" }));
    await user.type(await lock.findByLabelText("PIN"), pin);
    await user.click(lock.getByRole("button", { name: "Open" }));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Locked" })).toBeNull(), { timeout: 10_000 });
    expect(sent.some(({ path }) => path.includes("signin"))).toBe(false);
  }, 60_000);

  it("lets nobody try who has tried five times", async () => {
    await givenPin();
    localStorage.removeItem("seen");
    standAtTheWire(unreachable);
    const user = userEvent.setup();
    open("/register");
    await heading("No connection");
    for (let i = 0; i < 5; i += 1) {
      await user.type(await screen.findByLabelText("PIN"), "280418");
      await user.click(screen.getByRole("button", { name: "Open" }));
      await waitFor(() => expect(screen.queryByLabelText("PIN")).toHaveProperty("value", ""), { timeout: 10_000 }).catch(() => undefined);
    }
    await screen.findByText(/^The PIN opens this phone no more/, {}, { timeout: 10_000 });
    expect(screen.queryByLabelText("PIN")).toBeNull();
  }, 60_000);
});
