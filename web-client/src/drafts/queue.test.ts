import { beforeEach, describe, expect, it, vi } from "vitest";
import { stepOf } from "#api/steps.ts";
import { answerTo, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { dropUnsent, keep, listUnsent, mend, readUnsent, sendOrKeep, sendUnsent, type Unsent } from "./queue.ts";
import { forget, within } from "./sealed.ts";
import { listDrafts, readDraft, saveDraft } from "./vault.ts";

type Me = { id: string; agency: { id: string } };
const agencyId = (answerTo("GET", "/api/v1/me") as Me).agency.id;

// What is kept is kept by worker: somebody else for each test.
let worker = "";
let clock = 0;
beforeEach(() => {
  worker = crypto.randomUUID();
});

function registration(more: Partial<Unsent> = {}): Unsent {
  const id = crypto.randomUUID();
  return {
    id, kind: "registration", at: (clock += 1000), agencyId, done: 0,
    steps: [stepOf("/api/v1/victims", { id, name: { latin: "Zainab" } }, `${id}-victim`), stepOf(`/api/v1/victims/${id}/needs`, { category: "safe_shelter" }, `${id}-need`)],
    draft: { id, kind: "registration", value: { latin: "Zainab" }, href: `/register/${id}/check` }, href: `/cases/${id}`, ...more,
  };
}

/** A server to which this worker is signed in; the test says what becomes of what is posted. */
const serve = (special: (sent: Sent) => Response | Promise<undefined> | undefined = () => undefined, me = worker): Sent[] =>
  standAtTheWire(async (sent) => (sent.path.endsWith("/me") ? json({ ...(answerTo("GET", sent.path) as Me), id: me }) : (await special(sent)) ?? json({ id: "x" }, 201)));
/** Answers as usual, once something else has happened. */
const later = (act: Promise<void>): Promise<undefined> => act.then(() => undefined);
const posted = (sent: readonly Sent[]): [string, string | null][] => sent.filter(({ method }) => method === "POST").map(({ path, headers }) => [path, headers.get("Idempotency-Key")]);
const unreachable = (): never => {
  throw new TypeError("Failed to fetch");
};

describe("what was finished without a connection", () => {
  it("lies on the phone sealed, but for its kind and its time", async () => {
    await keep(worker, registration());
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("nrs");
      request.onsuccess = () => resolve(request.result);
    });
    const rows = await new Promise<{ worker: string; body: ArrayBuffer }[]>((resolve) => {
      const request = database.transaction("unsent").objectStore("unsent").getAll();
      request.onsuccess = () => resolve(request.result);
    });
    const keys = await new Promise<CryptoKey[]>((resolve) => {
      const request = database.transaction("keys").objectStore("keys").getAll();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    const row = rows.find((one) => one.worker === worker);
    expect(Object.keys(row ?? {}).sort()).toEqual(["at", "body", "id", "isRefused", "iv", "kind", "worker"]);
    expect(new TextDecoder("latin1").decode(row?.body)).not.toContain("Zainab");
    expect(keys.every(({ extractable }) => !extractable)).toBe(true);
  });

  it("is sent in order, each step once, and is gone", async () => {
    const [first, second] = [registration(), registration()];
    await keep(worker, second);
    await keep(worker, first);
    const sent = serve();
    expect(await sendUnsent(worker)).toBeUndefined();
    expect(posted(sent)).toEqual([first, second].flatMap(({ steps }) => steps.map(({ path, key }) => [path, key])));
    expect(await listUnsent(worker)).toEqual([]);
    await sendUnsent(worker);
    expect(posted(sent)).toHaveLength(4);
  });

  it("is sent again byte for byte when the answer was lost, and only from where it stopped", async () => {
    await keep(worker, registration());
    let isLost = true;
    const sent = serve(({ path }) => (path.endsWith("/needs") && isLost ? unreachable() : undefined));
    expect(await sendUnsent(worker)).toBe("offline");
    expect(await listUnsent(worker)).toHaveLength(1);
    isLost = false;
    expect(await sendUnsent(worker)).toBeUndefined();
    const [victim, need, again] = sent.filter(({ method }) => method === "POST");
    expect(posted(sent)).toHaveLength(3);
    expect(victim?.path).toBe("/api/v1/victims");
    expect([again?.headers.get("Idempotency-Key"), again?.body]).toEqual([need?.headers.get("Idempotency-Key"), need?.body]);
  });

  it("waits while the server is busy", async () => {
    await keep(worker, registration());
    serve(() => problem(503, "unavailable"));
    expect(await sendUnsent(worker)).toBe("busy");
    expect(await listUnsent(worker)).toMatchObject([{ isRefused: false }]);
  });

  it("stays with the reason when it is refused, and holds nothing else up", async () => {
    const [bad, good] = [registration(), registration()];
    await keep(worker, bad);
    await keep(worker, good);
    const sent = serve(({ path, body }) => (path === "/api/v1/victims" && (body as { id: string }).id === bad.id
      ? problem(422, "rule_broken", { errors: [{ pointer: "/name/latin", code: "wrong_form", detail: "Write it in English letters." }] }) : undefined));
    await sendUnsent(worker);
    expect(await listUnsent(worker)).toMatchObject([{ id: bad.id, isRefused: true }]);
    expect((await readUnsent(worker, bad.id))?.refusal).toMatchObject({ code: "rule_broken", fields: [{ detail: "Write it in English letters." }] });
    await sendUnsent(worker);
    expect(posted(sent).filter(([, key]) => key === `${bad.id}-victim`)).toHaveLength(1);

    expect(await mend(worker, bad.id)).toBe(`/register/${bad.id}/check`);
    expect((await readDraft<{ latin: string }>(worker, bad.id))?.value.latin).toBe("Zainab");
    expect(await listUnsent(worker)).toEqual([]);
  });

  it("is mended at the server when that has it in part", async () => {
    const [half, whole] = [registration(), registration()];
    await keep(worker, half);
    await keep(worker, whole);
    serve(({ path }) => (path === `/api/v1/victims/${half.id}/needs` ? problem(422, "rule_broken") : undefined));
    await sendUnsent(worker);
    expect(await mend(worker, half.id)).toBe(`/cases/${half.id}`);
    // What was not taken stays until she throws it away.
    expect(await listUnsent(worker)).toMatchObject([{ id: half.id, isRefused: true }]);
    expect(await listDrafts(worker)).toEqual([]);
  });

  it("keeps what was not sent when half of it is opened, and sends it later", async () => {
    const one = registration();
    await keep(worker, one);
    let isLost = true;
    const sent = serve(({ path }) => (isLost && path.endsWith("/needs") ? unreachable() : undefined));
    await sendUnsent(worker);
    expect(await mend(worker, one.id)).toBe(`/cases/${one.id}`);
    expect([await listDrafts(worker), (await listUnsent(worker)).length]).toEqual([[], 1]);
    isLost = false;
    expect(await sendUnsent(worker)).toBeUndefined();
    expect(posted(sent).at(-1)).toEqual([`/api/v1/victims/${one.id}/needs`, `${one.id}-need`]);
  });

  it("goes on to the needs when the server has the person already", async () => {
    const one = registration();
    await keep(worker, one);
    const sent = serve(({ path }) => (path === "/api/v1/victims" ? problem(409, "id_taken") : undefined));
    expect(await sendUnsent(worker)).toBeUndefined();
    expect(posted(sent)).toHaveLength(2);
    expect(await listUnsent(worker)).toEqual([]);
  });

  it.each(["note", "visit", "report"] as const)("loses no words of a %s that has arrived before it was changed, and can be sent", async (kind) => {
    const id = crypto.randomUUID();
    await keep(worker, registration({
      id, kind, steps: [stepOf("/api/v1/victims/v/records", { id }, "k")], draft: { id: `v-${kind}`, kind: "item", value: { id, text: "Seen. Twice." }, href: "/there" }, href: "/cases/v",
    }));
    serve(() => problem(409, "id_taken"));
    await sendUnsent(worker);
    expect(await mend(worker, id)).toBe("/there");
    const value = (await readDraft<{ id: string; text: string }>(worker, `v-${kind}`))?.value;
    expect(value?.text).toBe("Seen. Twice.");
    expect(value?.id).not.toBe(id);
  });

  it("does not take the place of another draft that was begun meanwhile", async () => {
    const one = registration({ draft: { id: "v-note", kind: "item", value: { text: "First." }, href: "/there" } });
    await keep(worker, one);
    await saveDraft(worker, { id: "v-note", kind: "item", startedAt: 0, savedAt: Date.now(), value: { text: "Second." } });
    expect(await mend(worker, one.id)).toBe("/there");
    expect((await readDraft<{ text: string }>(worker, "v-note"))?.value.text).toBe("Second.");
    expect(await listUnsent(worker)).toHaveLength(1);
  });

  it("can be thrown away", async () => {
    const one = registration();
    await keep(worker, one);
    await dropUnsent(worker, one.id);
    expect(await listUnsent(worker)).toEqual([]);
  });

  it("does not come back when it is thrown away while it is being sent", async () => {
    const one = registration();
    await keep(worker, one);
    const sent = serve(({ path }) => (path === "/api/v1/victims" ? later(dropUnsent(worker, one.id)) : undefined));
    await sendUnsent(worker);
    expect(await listUnsent(worker)).toEqual([]);
    expect(posted(sent)).toHaveLength(1);
  });

  it("does not come back, and gets no new key, when she signs out while it is being sent", async () => {
    await keep(worker, registration());
    await keep(worker, registration());
    serve(({ path }) => (path === "/api/v1/victims" ? later(forget(worker)) : undefined));
    await sendUnsent(worker);
    expect(await listUnsent(worker)).toEqual([]);
    expect(await within("keys", "readonly", (store) => store.count(worker))).toBe(0);
  });

  it("gets no new key when it is opened after she has signed out", async () => {
    const one = registration();
    await keep(worker, one);
    await within("keys", "readwrite", (store) => store.delete(worker));
    expect(await readUnsent(worker, one.id)).toBeUndefined();
    expect(await within("keys", "readonly", (store) => store.count(worker))).toBe(0);
  });

  it("does not hold the others up when the server fails at it every time", async () => {
    const [bad, good] = [registration(), registration()];
    await keep(worker, bad);
    await keep(worker, good);
    serve(({ body }) => ((body as { id?: string } | undefined)?.id === bad.id ? problem(500, "fault") : undefined));
    expect(await sendUnsent(worker)).toBe("busy");
    expect(await listUnsent(worker)).toMatchObject([{ id: bad.id, isRefused: false }]);
  });

  it("waits with the others when the server asks for patience", async () => {
    await keep(worker, registration());
    await keep(worker, registration());
    const sent = serve(() => problem(429, "too_many"));
    expect(await sendUnsent(worker)).toBe("busy");
    expect(posted(sent)).toHaveLength(1);
  });

  it("does not hold the others up when it can no longer be opened, and says so", async () => {
    const [bad, good] = [registration(), registration()];
    await keep(worker, bad);
    await keep(worker, good);
    await within("unsent", "readwrite", (store) => {
      const found = store.get([worker, bad.id]);
      found.onsuccess = () => store.put({ ...(found.result as object), iv: new Uint8Array(12) });
      return found;
    });
    serve();
    await sendUnsent(worker);
    expect(await listUnsent(worker)).toMatchObject([{ id: bad.id, isRefused: true }]);
    expect(await mend(worker, bad.id)).toBe("/waiting");
  });

  it("stays until she has signed in again", async () => {
    await keep(worker, registration());
    const sent = standAtTheWire(() => problem(401, "sign_in"));
    expect(await sendUnsent(worker)).toBe("sign_in");
    expect(posted(sent)).toEqual([]);
    serve();
    await sendUnsent(worker);
    expect(await listUnsent(worker)).toEqual([]);
  });

  it("is neither seen nor sent by another worker on the same phone", async () => {
    const one = registration();
    await keep(worker, one);
    const other = crypto.randomUUID();
    const sent = serve(undefined, other);
    expect(await listUnsent(other)).toEqual([]);
    expect(await readUnsent(other, one.id)).toBeUndefined();
    await sendUnsent(other);
    // A page that was left open still believes that she is signed in.
    expect(await sendUnsent(worker)).toBe("sign_in");
    expect(posted(sent)).toEqual([]);
    expect(await listUnsent(worker)).toHaveLength(1);
  });

  it("is not sent from another agency than the one in which it was written", async () => {
    await keep(worker, registration({ agencyId: crypto.randomUUID() }));
    const sent = serve();
    await sendUnsent(worker);
    expect(posted(sent)).toEqual([]);
    expect(await listUnsent(worker)).toHaveLength(1);
  });

  it("asks first whether she is known, because without a connection nobody was asked", async () => {
    const one = registration({ sought: JSON.stringify({ name: "Zainab" }) });
    await keep(worker, one);
    const sent = serve(({ path }) => (path.endsWith("/search") ? json({ items: [{ id: "y" }] }) : undefined));
    await sendUnsent(worker);
    expect(posted(sent).map(([path]) => path)).toEqual(["/api/v1/victims/search"]);
    expect((await readUnsent(worker, one.id))?.refusal?.code).toBe("perhaps_known");
  });

  it("goes with everything else of hers when she signs out", async () => {
    const other = crypto.randomUUID();
    for (const who of [worker, other]) {
      await keep(who, registration());
      await saveDraft(who, { id: "d", kind: "registration", startedAt: 0, savedAt: Date.now(), value: {} });
    }
    await forget(worker);
    expect([await listUnsent(worker), await listDrafts(worker)]).toEqual([[], []]);
    expect([(await listUnsent(other)).length, (await listDrafts(other)).length]).toEqual([1, 1]);
  });
});

describe("what is finished", () => {
  it("is sent at once where there is a connection", async () => {
    const sent = serve();
    expect(await sendOrKeep(worker, registration())).toEqual({ id: "x" });
    expect(posted(sent)).toHaveLength(2);
    expect(await listUnsent(worker)).toEqual([]);
  });

  it("is kept where there is none, with the keys under which it was tried", async () => {
    const one = registration();
    const sent = serve(({ path }) => (path.endsWith("/needs") && sent.length < 3 ? unreachable() : undefined));
    expect(await sendOrKeep(worker, one)).toBeUndefined();
    expect(await listUnsent(worker)).toHaveLength(1);
    await sendUnsent(worker);
    const keys = posted(sent).map(([, key]) => key);
    expect(keys).toEqual([`${one.id}-victim`, `${one.id}-need`, `${one.id}-victim`, `${one.id}-need`]);
  });

  it.each([
    ["a page", () => new Response("<html>Welcome. Pay here.</html>", { status: 200, headers: { "Content-Type": "text/html" } })],
    ["nothing", () => new Response(null, { status: 204 })],
    ["half an answer", () => new Response('{"id":', { status: 201, headers: { "Content-Type": "application/json" } })],
  ])("is not taken for sent when somebody else's network answers with %s", async (_, said) => {
    const one = registration();
    let isElsewhere = true;
    const sent = serve(({ path }) => (isElsewhere && path === "/api/v1/victims" ? said() : undefined));
    expect(await sendOrKeep(worker, one)).toBeUndefined();
    expect(await sendUnsent(worker)).toBe("offline");
    expect(await listUnsent(worker)).toHaveLength(1);
    isElsewhere = false;
    await sendUnsent(worker);
    expect(posted(sent).at(-1)?.[0]).toBe(`/api/v1/victims/${one.id}/needs`);
  });

  it("follows no one else's redirection", async () => {
    serve();
    const wire = vi.spyOn(globalThis, "fetch");
    await sendOrKeep(worker, registration());
    expect(wire.mock.calls.map(([, options]) => options?.redirect)).toEqual(["error", "error"]);
  });

  it("says so when the phone has no room to keep it", async () => {
    serve(unreachable);
    const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(sendOrKeep(worker, registration())).rejects.toMatchObject({ code: "not_kept", fields: [] });
    full.mockRestore();
  });

  it("is looked for first when nobody could be asked, and kept when somebody is found", async () => {
    const one = registration({ sought: JSON.stringify({ name: "Zainab" }) });
    const sent = serve(({ path }) => (path.endsWith("/search") ? json({ items: [{ id: "y" }] }) : undefined));
    expect(await sendOrKeep(worker, one)).toBeUndefined();
    expect(posted(sent).map(([path]) => path)).toEqual(["/api/v1/victims/search"]);
    expect((await readUnsent(worker, one.id))?.refusal?.code).toBe("perhaps_known");
  });

  it("does not find herself, when only the answer was lost", async () => {
    const one = registration({ sought: JSON.stringify({ name: "Zainab" }) });
    const sent = serve(({ path }) => (path.endsWith("/search") ? json({ items: [{ id: one.id }] }) : undefined));
    expect(await sendOrKeep(worker, one)).toEqual({ id: "x" });
    await keep(worker, one);
    await sendUnsent(worker);
    expect(posted(sent).filter(([path]) => path.endsWith("/needs"))).toHaveLength(2);
  });

  it("does not wait for a search that fails: a child cannot wait", async () => {
    serve(({ path }) => (path.endsWith("/search") ? problem(503, "unavailable") : undefined));
    expect(await sendOrKeep(worker, registration({ sought: "{}" }))).toEqual({ id: "x" });
  });

  it("answers with the person when the server has her already", async () => {
    const one = registration();
    const sent = serve(({ path }) => (path === "/api/v1/victims" ? problem(409, "id_taken") : undefined));
    expect(await sendOrKeep(worker, one)).toMatchObject({ id: one.id });
    expect(posted(sent)).toHaveLength(2);
  });

  it("is not kept when the server refuses it: she is there to mend it", async () => {
    serve(() => problem(422, "rule_broken"));
    await expect(sendOrKeep(worker, registration())).rejects.toMatchObject({ code: "rule_broken" });
    expect(await listUnsent(worker)).toEqual([]);
  });
});
