import { beforeEach, expect, it } from "vitest";
import type { Me } from "#api/shapes.ts";
import { registration, worker } from "#test/unsent.ts";
import { answerTo, json, standAtTheWire } from "#test/wire.ts";
import { keepMe, keptMe } from "./kept.ts";
import { hasPin, most, openWithPin, pinOwner, removePin, setPin, weaknessOf } from "./pin.ts";
import { keep, listUnsent, readUnsent, sendUnsent } from "./queue.ts";
import { keyRow, lockAll, within } from "./sealed.ts";
import { readDraft, saveDraft } from "./vault.ts";
import { keepWorklist, keptWorklist } from "./worklists.ts";

const pin = "280417";
let isReachable = true;
let isKnown = true;
const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

beforeEach(() => {
  [isReachable, isKnown] = [true, true];
  lockAll();
  standAtTheWire(({ path }) => {
    if (!isReachable) {
      throw new TypeError("Failed to fetch");
    }
    return path.startsWith("/web/device-keys") ? (isKnown ? json({ id: "0193", key: secret }) : json({}, 404)) : undefined;
  });
});

const me = (): Me => ({ ...(answerTo("GET", "/api/v1/me") as Me), id: worker });
const draft = () => readDraft<{ text: string }>(worker, "d");

async function givenPin(): Promise<void> {
  await keepMe(me());
  await saveDraft(worker, { id: "d", kind: "item", startedAt: 1, savedAt: Date.now(), value: { text: "Seen at the kiln." } });
  await keep(worker, registration());
  await keepWorklist(worker, "referrals", { at: Date.now(), value: ["PB-26-7F3K2Q"] });
  await setPin(worker, pin);
}

/** As after the page was closed, or the idle lock: nothing is held, and nobody can be asked. */
function withoutConnection(): void {
  lockAll();
  isReachable = false;
}

it("opens without a connection what was written before the PIN was set, and nothing opens without it", async () => {
  await givenPin();
  withoutConnection();
  await expect(draft()).rejects.toThrow();
  await expect(keptMe()).rejects.toThrow();
  expect(await pinOwner()).toBe(worker);

  expect(await openWithPin(worker, pin)).toBe("open");

  expect((await draft())?.value.text).toBe("Seen at the kiln.");
  expect((await keptMe())?.id).toBe(worker);
  expect((await keptWorklist(worker, "referrals"))?.value).toEqual(["PB-26-7F3K2Q"]);
  const [row] = await listUnsent(worker);
  expect((await readUnsent(worker, row?.id ?? ""))?.draft.value).toEqual({ latin: "Zainab" });
});

it("opens by the server's word for whoever signs in, without the PIN", async () => {
  await givenPin();
  lockAll();
  expect((await draft())?.value.text).toBe("Seen at the kiln.");
});

it("takes the PIN away after five wrong ones, and loses nothing by that", async () => {
  await givenPin();
  withoutConnection();
  for (let i = 1; i < most; i += 1) {
    expect(await openWithPin(worker, "999998")).toBe("wrong");
  }
  expect(await openWithPin(worker, "999998")).toBe("gone");
  expect(await hasPin(worker)).toBe(false);
  expect(await openWithPin(worker, pin)).toBe("gone");
  await expect(draft()).rejects.toThrow();

  isReachable = true;
  expect((await draft())?.value.text).toBe("Seen at the kiln.");
}, 30_000);

it("counts a try before it is made, and begins anew after a right one", async () => {
  await givenPin();
  withoutConnection();
  const tries = async () => ((await keyRow(worker)) as { pin: { tries: number } }).pin.tries;
  const tried = openWithPin(worker, "999998");
  await within("keys", "readonly", (store) => store.get(worker));
  expect(await tries()).toBe(1);
  await tried;
  expect(await openWithPin(worker, pin)).toBe("open");
  expect(await tries()).toBe(0);
});

it("leaves nothing on the phone that opens it by itself", async () => {
  await givenPin();
  const row = (await keyRow(worker)) as object;
  const keys = Object.values(row).flatMap((part: object) => (part instanceof CryptoKey ? [part] : Object.values(part))).filter((part) => part instanceof CryptoKey);
  expect(keys.every(({ extractable }) => !extractable)).toBe(true);
  expect(JSON.stringify(Object.entries({ ...localStorage, ...sessionStorage }))).not.toContain(pin);
  expect(JSON.stringify(row)).not.toContain(secret);
});

it("refuses nothing that waits because it is shut", async () => {
  await givenPin();
  withoutConnection();
  await sendUnsent(worker);
  expect((await listUnsent(worker)).map(({ isRefused }) => isRefused)).toEqual([false]);
});

it("makes room for a worker of whom the server keeps no key any more", async () => {
  await givenPin();
  lockAll();
  isKnown = false;
  await keepMe(me());
  expect(await draft()).toBeUndefined();
  await saveDraft(worker, { id: "e", kind: "item", startedAt: 1, savedAt: Date.now(), value: { text: "Anew." } });
  expect((await readDraft<{ text: string }>(worker, "e"))?.value.text).toBe("Anew.");
});

it("goes back to the key of the browser when the PIN is removed", async () => {
  await givenPin();
  await removePin(worker);
  withoutConnection();
  expect(await pinOwner()).toBeUndefined();
  expect((await draft())?.value.text).toBe("Seen at the kiln.");
});

it("changes nothing when the server cannot be asked", async () => {
  await saveDraft(worker, { id: "d", kind: "item", startedAt: 1, savedAt: Date.now(), value: { text: "Seen." } });
  isReachable = false;
  await expect(setPin(worker, pin)).rejects.toThrow();
  expect((await draft())?.value.text).toBe("Seen.");
});

it.each([["12345", "short"], ["28041a", "short"], ["111111", "simple"], ["123456", "simple"], ["987654", "simple"], ["280417", undefined]])("judges %s", (typed, said) => {
  expect(weaknessOf(typed)).toBe(said);
});
