import { describe, expect, it } from "vitest";
import { json, problem, standAtTheWire } from "#test/wire.ts";
import { again, answer, api, type Asks, tagged } from "./client.ts";
import type { Problem } from "./problems.ts";

const id = "01930000-0000-7000-8000-000000000001";
const read = () => api.GET("/api/v1/victims/{id}", { params: { path: { id } } });
const names = () => api.POST("/api/v1/victims/names", { body: { ids: [id] } });

describe("the wire", () => {
  it("carries our header on changes only, and the language always", async () => {
    const sent = standAtTheWire();
    await read();
    await names();
    expect(sent.map(({ headers }) => headers.get("X-NRS"))).toEqual([null, "1"]);
    expect(sent.map(({ headers }) => headers.get("Accept-Language"))).toEqual(["en", "en"]);
  });

  it("gives the version that was read", async () => {
    standAtTheWire(() => json({ id }, 200, { ETag: '"7"' }));
    expect((await tagged(read())).etag).toBe('"7"');
  });

  it("asks again with the tag of what it holds, and keeps that where nothing has changed", async () => {
    let tag = 'W/"a"';
    const sent = standAtTheWire(({ headers }) => headers.get("If-None-Match") === tag ? new Response(null, { status: 304, headers: { ETag: tag } }) : json({ items: [tag], next: null }, 200, { ETag: tag }));
    const list = (header: Asks) => api.GET("/api/v1/referrals", { params: { header } });

    const first = await again(undefined, list);
    const same = await again(first, list);
    tag = 'W/"b"';
    const changed = await again(same, list);

    expect(same).toBe(first);
    expect(changed).toEqual({ items: ['W/"b"'], next: null, etag: 'W/"b"' });
    expect(sent.map(({ headers }) => headers.get("If-None-Match"))).toEqual([null, 'W/"a"', 'W/"a"']);
  });

  it("turns a refusal into its code, its fields and its wait", async () => {
    standAtTheWire(() => json({ code: "too_many", traceId: "t", errors: [{ pointer: "/ids/0", code: "x" }] }, 429, { "Retry-After": "30" }));
    await expect(answer(names())).rejects.toMatchObject({ status: 429, code: "too_many", traceId: "t", retryAfter: 30, fields: [{ pointer: "/ids/0", code: "x" }] } satisfies Partial<Problem>);
  });

  it("names a refusal that came without a body", async () => {
    standAtTheWire(() => new Response("<html>bad gateway</html>", { status: 502 }));
    await expect(answer(read())).rejects.toMatchObject({ code: "unavailable" });
  });

  it("says when nothing came back at all", async () => {
    standAtTheWire(() => {
      throw new TypeError("Failed to fetch");
    });
    await expect(answer(read())).rejects.toMatchObject({ code: "offline", status: 0 });
  });

  it("does not mistake a 404 for an empty answer", async () => {
    standAtTheWire(() => problem(404, "unknown"));
    await expect(answer(read())).rejects.toMatchObject({ code: "unknown" });
  });
});
