import { newDeviceKey, Shut } from "./deviceKey.ts";
import { type MeRow, meRow } from "./kept.ts";
import { draftPlace, listPlace, unsentPlace } from "./places.ts";
import { hold, importKey, isWrapped, keptKey, keyRow, open, openBytes, type Pinned, sealBytes, type Sealed, serverPlace, tables, within, type Wrapped } from "./sealed.ts";

/** Of PBKDF2-SHA-256 (OWASP Password Storage Cheat Sheet, 2023). */
const rounds = 600_000;
/** Wrong ones in a row; with the last, only a sign-in opens this phone again. */
export const most = 5;
export const fewest = 6;

/** What is tried first: one digit again and again, or digits in a row. */
const isSimple = (pin: string): boolean => [0, 1, -1].some((step) => [...pin].every((digit, i) => i === 0 || Number(digit) - Number(pin[i - 1]) === step));

export type Weakness = "short" | "simple";

export const weaknessOf = (pin: string): Weakness | undefined => (/^\d{6,12}$/.test(pin) ? (isSimple(pin) ? "simple" : undefined) : "short");

/** Whose PIN opens this phone without a connection; undefined when nobody has set one, and when it has been tried too often. */
export async function pinOwner(): Promise<string | undefined> {
  const row = await meRow();
  return row && (await hasPin(row.worker)) ? row.worker : undefined;
}

export async function hasPin(worker: string): Promise<boolean> {
  const row = await keyRow(worker);
  return isWrapped(row) && row.pin !== undefined;
}

/** From now on what lies here opens by the server's word or by this PIN, and by nothing else. Needs a connection. */
export async function setPin(worker: string, pin: string): Promise<void> {
  const { device, secret } = await newDeviceKey();
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const server = await sealBytes(await importKey(secret), worker, serverPlace, raw);
  const key = await importKey(raw);
  await moveTo(worker, key, { device, server, pin: await pinned(worker, pin, raw) });
  await hold(worker, device, raw);
  raw.fill(0);
  secret.fill(0);
}

/** Back to the key that this browser keeps: who was here a moment ago opens it, and nobody later. */
export async function removePin(worker: string): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await moveTo(worker, key, key);
}

export type Opened = "open" | "wrong" | "gone";

/** Counted before it is tried: whoever closes the page has tried all the same. */
export async function openWithPin(worker: string, pin: string): Promise<Opened> {
  const row = await countTry(worker);
  if (!isWrapped(row) || !row.pin) {
    return "gone";
  }
  const { salt, browser, outer, inner, body, tries } = row.pin;
  try {
    const once = await openBytes(browser, worker, "key|browser", { iv: outer, body });
    await hold(worker, row.device, await openBytes(await fromPin(pin, salt), worker, "key|pin", { iv: inner, body: once }));
  } catch {
    return tries < most ? "wrong" : dropPin(worker);
  }
  await changeRow(worker, (now) => (now.pin ? { ...now, pin: { ...now.pin, tries: 0 } } : now));
  return "open";
}

async function dropPin(worker: string): Promise<"gone"> {
  await changeRow(worker, without);
  return "gone";
}

const without = ({ device, server }: Wrapped): Wrapped => ({ device, server });

/** @returns The row as it is then; without the PIN where it had been tried often enough before. */
const countTry = (worker: string): Promise<Wrapped | undefined> =>
  changeRow(worker, (row) => (row.pin ? (row.pin.tries < most ? { ...row, pin: { ...row.pin, tries: row.pin.tries + 1 } } : without(row)) : row));

async function changeRow(worker: string, next: (row: Wrapped) => Wrapped): Promise<Wrapped | undefined> {
  let after: Wrapped | undefined;
  await within("keys", "readwrite", (store) => {
    const found = store.get(worker) as IDBRequest<CryptoKey | Wrapped | undefined>;
    found.addEventListener("success", () => {
      if (isWrapped(found.result)) {
        after = next(found.result);
        store.put(after, worker);
      }
    });
    return found;
  });
  return after;
}

async function fromPin(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Twice: a copy of these bytes alone, without the key that this browser does not give out, is not worth trying PINs on. */
async function pinned(worker: string, pin: string, raw: Uint8Array<ArrayBuffer>): Promise<Pinned> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const browser = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const inner = await sealBytes(await fromPin(pin, salt), worker, "key|pin", raw);
  const outer = await sealBytes(browser, worker, "key|browser", inner.body);
  return { salt, browser, inner: inner.iv, outer: outer.iv, body: outer.body, tries: 0 };
}

type Kept = Sealed & { worker: string; id: string; kind: string; at: number };

const places: Record<(typeof tables)[number], (row: Kept) => string> = {
  drafts: ({ id }) => draftPlace(id),
  unsent: unsentPlace,
  lists: ({ id, at }) => listPlace(id, at),
};

/** Everything of hers, sealed anew with this key, and the key's own row, in one step; once more where something was written meanwhile. */
async function moveTo(worker: string, key: CryptoKey, row: CryptoKey | Wrapped): Promise<void> {
  const before = await keptKey(worker);
  const own = IDBKeyRange.bound([worker], [worker, []]);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const kept = await Promise.all(tables.map(async (table) => [table, await within<Kept[]>(table, "readonly", (store) => store.getAll(own))] as const));
    const me = await meRow();
    const anew = async <T extends Sealed>(old: T, place: string): Promise<T | undefined> => {
      const plain = before && (await openBytes(before, worker, place, old).catch(() => undefined));
      return plain && { ...old, ...(await sealBytes(key, worker, place, plain)) };
    };
    const moved = await Promise.all(kept.map(async ([table, rows]) => [table, rows, await Promise.all(rows.map((one) => anew(one, places[table](one))))] as const));
    const movedMe = me?.worker === worker ? await anew<MeRow>(me, "me") : undefined;
    if (await swap(worker, row, moved, movedMe)) {
      return;
    }
  }
  throw new Shut("busy");
}

/** False, with nothing written, when a row was changed since it was read. */
async function swap(
  worker: string, row: CryptoKey | Wrapped, moved: readonly (readonly [(typeof tables)[number], readonly Kept[], readonly (Kept | undefined)[]])[], me: MeRow | undefined,
): Promise<boolean> {
  const transaction = (await open()).transaction(["keys", "kept", ...tables], "readwrite");
  const isDone = new Promise<boolean>((resolve) => {
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
  });
  for (const [table, rows, anew] of moved) {
    const store = transaction.objectStore(table);
    const now = store.getAll(IDBKeyRange.bound([worker], [worker, []])) as IDBRequest<Kept[]>;
    now.addEventListener("success", () => {
      if (now.result.map(printOf).join() !== rows.map(printOf).join()) {
        transaction.abort();
        return;
      }
      anew.forEach((one) => one && store.put(one));
    });
  }
  transaction.objectStore("keys").put(row, worker);
  if (me) {
    transaction.objectStore("kept").put(me, "me");
  }
  return isDone;
}

const printOf = ({ id, iv }: Kept): string => `${id} ${iv.join(".")}`;
