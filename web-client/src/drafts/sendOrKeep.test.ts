import { describe, expect, it, vi } from "vitest";
import { posted, registration, serve, unreachable, worker } from "#test/unsent.ts";
import { json, problem } from "#test/wire.ts";
import { keep, listUnsent, readUnsent, sendOrKeep, sendUnsent } from "./queue.ts";

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
