import { describe, expect, it, vi } from "vitest";
import { dropDraft, keptFor, listDrafts, readDraft, saveDraft } from "./vault.ts";

const draft = (id: string, savedAt = Date.now()) => ({ id, kind: "registration", startedAt: savedAt, savedAt, value: { name: "Zainab", phone: "+923001234567" } });

async function everythingStored(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open("nrs");
    request.onsuccess = () => resolve(request.result);
  });
  const rows = await new Promise<{ body: ArrayBuffer }[]>((resolve) => {
    const request = database.transaction("drafts").objectStore("drafts").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  return rows.map((row) => `${JSON.stringify(row)}${new TextDecoder("latin1").decode(row.body)}`).join("\n");
}

describe("a draft on the phone", () => {
  it("comes back as it was typed", async () => {
    await saveDraft("worker-1", draft("a"));
    expect((await readDraft<{ name: string }>("worker-1", "a"))?.value.name).toBe("Zainab");
  });

  it("is sealed", async () => {
    await saveDraft("worker-1", draft("b"));
    const stored = await everythingStored();
    expect(stored).not.toContain("Zainab");
    expect(stored).not.toContain("3001234567");
  });

  it("is nobody else's", async () => {
    await saveDraft("worker-1", draft("c"));
    expect(await readDraft("worker-2", "c")).toBeUndefined();
    expect(await listDrafts("worker-2", "registration")).toEqual([]);
  });

  it("dies after three days", async () => {
    await saveDraft("worker-3", draft("d"));
    vi.useFakeTimers({ now: Date.now() + keptFor + 1000, toFake: ["Date"] });
    expect(await readDraft("worker-3", "d")).toBeUndefined();
    expect(await listDrafts("worker-3", "registration")).toEqual([]);
    vi.useRealTimers();
    expect(await everythingStored()).not.toContain('"worker-3"');
  });

  it("can be thrown away", async () => {
    await saveDraft("worker-4", draft("e"));
    await dropDraft("worker-4", "e");
    expect(await listDrafts("worker-4", "registration")).toEqual([]);
  });

  it("stays thrown away when it was still being sealed", async () => {
    const sealing = saveDraft("worker-4", draft("f"));
    await Promise.all([sealing, dropDraft("worker-4", "f")]);
    expect(await listDrafts("worker-4", "registration")).toEqual([]);
  });

  it("is read as it was last typed, though that is still being sealed", async () => {
    void saveDraft("worker-4", draft("g"));
    expect((await readDraft<{ name: string }>("worker-4", "g"))?.value.name).toBe("Zainab");
    await dropDraft("worker-4", "g");
  });
});
