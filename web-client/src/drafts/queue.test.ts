import { describe, expect, it } from "vitest";
import { stepOf } from "#api/steps.ts";
import { later, posted, registration, serve, unreachable, worker } from "#test/unsent.ts";
import { json, problem, standAtTheWire } from "#test/wire.ts";
import { dropUnsent, keep, listUnsent, mend, readUnsent, sendOrKeep, sendUnsent } from "./queue.ts";
import { forget, within } from "./sealed.ts";
import { listDrafts, readDraft, saveDraft } from "./vault.ts";

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

  it("does not take a person for sent who was changed after she had arrived", async () => {
    const one = registration();
    await keep(worker, one);
    serve(({ path }) => (path === "/api/v1/victims" ? unreachable() : undefined));
    await sendUnsent(worker);
    await mend(worker, one.id);
    const { tried } = (await readDraft<{ tried: string[] }>(worker, one.id))?.value ?? { tried: [] };
    const changedSteps = [stepOf("/api/v1/victims", { id: one.id, name: { latin: "Zainab Bibi" } }, "new"), ...one.steps.slice(1)];
    serve(() => problem(409, "id_taken"));
    expect(await sendOrKeep(worker, { ...one, steps: changedSteps, tried })).toBeUndefined();
    expect((await readUnsent(worker, one.id))?.refusal?.code).toBe("id_taken");
    expect(await mend(worker, one.id)).toBe(`/cases/${one.id}`);
    expect(await listUnsent(worker)).toHaveLength(1);
    // As it had arrived, it needs nothing more.
    await dropUnsent(worker, one.id);
    expect(await sendOrKeep(worker, { ...one, tried })).toBeDefined();
  });

  it.each(["note", "visit", "report", "service"] as const)("loses no words of a %s that has arrived before it was changed, and can be sent", async (kind) => {
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
