import { renderHook, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { leaveLists } from "#api/seen.ts";
import { forget, makeKey, within } from "./sealed.ts";
import { useDraft } from "./useDraft.ts";
import { keptFor, listDrafts } from "./vault.ts";
import { keepWorklist, keptWorklist } from "./worklists.ts";

const rows = { items: [{ caseCode: "PB-26-7F3K2Q", category: "safe_shelter" }] };
let worker = "";
beforeEach(async () => {
  localStorage.clear();
  worker = crypto.randomUUID();
  await makeKey(worker);
  await keepWorklist(worker, "referrals/received/open", { at: Date.now(), value: rows });
});
const kept = () => keptWorklist<typeof rows>(worker, "referrals/received/open");

describe("a list of work on the phone", () => {
  it("comes back sealed, for whom it was read alone", async () => {
    expect((await kept())?.value).toEqual(rows);
    expect(await keptWorklist(crypto.randomUUID(), "referrals/received/open")).toBeUndefined();
    const [row] = await within<{ body: ArrayBuffer }[]>("lists", "readonly", (store) => store.getAll(IDBKeyRange.bound([worker], [worker, []])));
    expect(row && new TextDecoder("latin1").decode(row.body) + JSON.stringify(row)).not.toContain("7F3K2Q");
  });

  it("is as old as a draft at most", async () => {
    vi.useFakeTimers({ now: Date.now() + keptFor + 1000, toFake: ["Date"] });
    expect(await kept()).toBeUndefined();
    vi.useRealTimers();
    expect(await kept()).toBeUndefined();
  });

  it("is gone once she has left in a hurry, and what is read after that is kept", async () => {
    leaveLists();
    expect(await kept()).toBeUndefined();
    await new Promise((later) => setTimeout(later, 5));
    await keepWorklist(worker, "referrals/received/open", { at: Date.now(), value: rows });
    expect((await kept())?.value).toEqual(rows);
  });

  it("goes when she signs out, and comes back by nothing that was still under way", async () => {
    await forget(worker);
    await keepWorklist(worker, "referrals/received/open", { at: Date.now(), value: rows });
    expect(await kept()).toBeUndefined();
    expect(await within("keys", "readonly", (store) => store.get(worker))).toBeUndefined();
  });
});

it("makes no key for what was still being typed when she signed out", async () => {
  const { result, unmount } = renderHook(() => useDraft(worker, "d", "item", { text: "" }));
  await waitFor(() => expect(result.current.value).toBeDefined());
  await forget(worker);
  await result.current.keep({ text: "Seen." });
  unmount();
  expect(await listDrafts(worker)).toEqual([]);
  expect(await within("keys", "readonly", (store) => store.get(worker))).toBeUndefined();
});
