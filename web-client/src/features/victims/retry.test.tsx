import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "#api/shapes.ts";
import { listUnsent, readUnsent, type Unsent } from "#drafts/queue.ts";
import { forget } from "#drafts/sealed.ts";
import { saveDraft } from "#drafts/vault.ts";
import { open } from "#test/open.tsx";
import { answerTo, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { type Family, newFamily, useRegisterFamily } from "./family.ts";
import { newItem, useAddItem } from "./addItem.ts";
import { newRegistration, type Registration, useRegister } from "./registration.ts";

let me: Me;
let isOnline = true;
beforeEach(() => {
  isOnline = true;
  me = { ...(answerTo("GET", "/api/v1/me") as Me), id: crypto.randomUUID() };
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => isOnline);
});
afterEach(() => {
  vi.useRealTimers();
});

const wrapper = ({ children }: { children: ReactNode }): ReactNode => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "POST");
const girl = (): Registration => ({
  ...newRegistration(), nameAsked: true, searched: true, who: "girl", band: "age_12_13", district: "PK-PB-KSR", danger: "yes",
  needs: [{ id: crypto.randomUUID(), category: "safe_shelter" }],
});
const family = (): Family => ({
  ...newFamily("PK-PB-KSR"), members: ["girl", "woman"].map((who) => ({ id: crypto.randomUUID(), who: who as "girl", band: "age_12_13", latin: "", ur: "" })),
});

/** Sent while the server is busy, then, an hour later, without a connection. */
async function twice<Input>(use: () => { mutateAsync: (input: Input) => Promise<unknown> }, input: Input): Promise<[Sent[], Unsent | undefined]> {
  vi.useFakeTimers({ toFake: ["Date"] });
  const sent = standAtTheWire(() => problem(503, "unavailable"));
  const { result } = renderHook(use, { wrapper });
  await act(() => expect(result.current.mutateAsync(input)).rejects.toMatchObject({ status: 503 }));
  vi.setSystemTime(Date.now() + 3_600_000);
  isOnline = false;
  await act(() => result.current.mutateAsync(input));
  const [row] = await listUnsent(me.id);
  return [posts(sent), row && (await readUnsent(me.id, row.id))];
}

const begunAt = "2026-01-02T03:04:05.000Z";

it.each([
  ["registration", () => twice(() => useRegister(me, "d"), { ...girl(), begunAt }), "found"],
  ["family", () => twice(() => useRegisterFamily(me), { ...family(), begunAt }), "members"],
  ["note", () => twice(() => useAddItem(me, "v"), { ...newItem("note"), occurredAt: begunAt }), "occurredAt"],
] as const)("says the same under the same key when a %s is first tried and then kept", async (_, both, part) => {
  const [[tried], kept] = await both();
  expect(kept?.steps[0]).toMatchObject({ key: tried?.headers.get("Idempotency-Key"), body: JSON.stringify(tried?.body) });
  expect(JSON.stringify((tried?.body as Record<string, unknown> | undefined)?.[part])).toContain(begunAt);
});

it("sends what was added to a note that had arrived before, under another id", async () => {
  const note = newItem("note");
  const sent = standAtTheWire(({ method, body }) => (method !== "POST" ? undefined : (body as { id: string }).id === note.id ? problem(409, "id_taken") : json(body, 201)));
  const { result } = renderHook(() => useAddItem(me, "v"), { wrapper });
  await act(() => result.current.mutateAsync({ ...note, body: { text: "Seen. Twice." } }));
  const [first, second] = posts(sent);
  expect(second?.body).toMatchObject({ kind: "note", body: { text: "Seen. Twice." } });
  expect(second?.headers.get("Idempotency-Key")).not.toBe(first?.headers.get("Idempotency-Key"));
});

it("writes down when it was begun", () => {
  const now = Date.now();
  for (const at of [newRegistration().begunAt, newFamily("").begunAt, newItem("note").occurredAt, newItem("visit").occurredAt]) {
    expect(Math.abs(Date.parse(at ?? "") - now)).toBeLessThan(1000);
  }
  // What needs somebody at once does not wait here, and says its own time.
  expect(newItem("incident")).not.toHaveProperty("occurredAt");
});

it("shows who was found when the connection comes back just before it is sent", async () => {
  standAtTheWire();
  const { id: worker } = answerTo("GET", "/api/v1/me") as Me;
  await saveDraft(worker, { id: "put-off", kind: "registration", startedAt: Date.now(), savedAt: Date.now(), value: { ...girl(), ur: "زینب", lookedFor: false } });
  const user = open("/register/put-off/check");
  await user.click(await screen.findByRole("button", { name: "Register as new" }));
  await screen.findByText(/may be registered already/);
  await user.click(screen.getByRole("button", { name: /^Open and mend/ }));
  await screen.findByText("Father's name alike", { exact: false });
  await forget(worker);
}, 30_000);
