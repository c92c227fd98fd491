import { givenKey, Shut, Withheld } from "./deviceKey.ts";

/**
 * What lies on this phone: a database of the browser. What somebody wrote is sealed (AES-256-GCM) with a key of its own
 * for each worker, bound to what is sealed; it goes when she signs out. The browser keeps it so that no script can read it
 * out; of whoever has set a PIN it keeps the key only wrapped (`Wrapped`), and in memory while she is in.
 */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; body: ArrayBuffer };
export type Store = "keys" | "drafts" | "unsent" | "lists" | "kept";

/** Opened by what the server gives to whoever is signed in, or by her PIN together with a key that this browser does not give out. */
export type Wrapped = { device: string; server: Sealed; pin?: Pinned };
export type Pinned = { salt: Uint8Array<ArrayBuffer>; browser: CryptoKey; outer: Sealed["iv"]; inner: Sealed["iv"]; body: ArrayBuffer; tries: number };

/** In memory, and only as long as the row says the same: another tab may have set another PIN. */
const held = new Map<string, { device: string; key: CryptoKey }>();

export const tables = ["drafts", "unsent", "lists"] as const satisfies readonly Store[];

/** @param place Where it belongs, "draft|<id>": what was sealed for one place does not open in another. */
export const seal = async (worker: string, place: string, value: unknown): Promise<Sealed> => sealWith(await keyOf(worker), worker, place, value);

/** The same for what lies here already. Undefined when she has signed out: for what is gone no key is made. */
export async function reseal(worker: string, place: string, value: unknown): Promise<Sealed | undefined> {
  const key = await keptKey(worker).catch((fault: unknown) => (fault instanceof Shut ? undefined : Promise.reject(fault)));
  return key && sealWith(key, worker, place, value);
}

export async function unseal<T>(worker: string, place: string, { iv, body }: Sealed): Promise<T> {
  const key = await keptKey(worker);
  if (!key) {
    throw new Error("no key");
  }
  return JSON.parse(new TextDecoder().decode(await openBytes(key, worker, place, { iv, body }))) as T;
}

export const sealWith = (key: CryptoKey, worker: string, place: string, value: unknown): Promise<Sealed> =>
  sealBytes(key, worker, place, new TextEncoder().encode(JSON.stringify(value)));

export async function sealBytes(key: CryptoKey, worker: string, place: string, plain: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, body: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(worker, place) }, key, plain) };
}

export const openBytes = (key: CryptoKey, worker: string, place: string, { iv, body }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound(worker, place) }, key, body);

/** Everything of one worker, the key first: what could not be deleted can no longer be opened. */
export async function forget(worker: string): Promise<void> {
  held.delete(worker);
  await within("keys", "readwrite", (store) => store.delete(worker));
  for (const table of tables) {
    await within(table, "readwrite", (store) => store.delete(IDBKeyRange.bound([worker], [worker, []])));
  }
  await within("kept", "readwrite", (store) => store.delete("me"));
}

function bound(worker: string, place: string): Uint8Array<ArrayBuffer> {
  const [table, ...id] = place.split("|");
  return new TextEncoder().encode(`${table}-1|${worker}|${id.join("|")}`);
}

/** Undefined when there is none. */
export const keyRow = (worker: string): Promise<CryptoKey | Wrapped | undefined> => within("keys", "readonly", (store) => store.get(worker));

export const isWrapped = (row: CryptoKey | Wrapped | undefined): row is Wrapped => row !== undefined && "device" in row;

/** Holds it open in this tab, until it is locked. */
export async function hold(worker: string, device: string, raw: BufferSource): Promise<CryptoKey> {
  const key = await importKey(raw);
  held.set(worker, { device, key });
  return key;
}

/** What a PIN protects is shut; what nobody protected stays as it is. */
export const lockAll = (): void => held.clear();

export const importKey = (raw: BufferSource): Promise<CryptoKey> => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/** What the server's word wraps, so that it is never taken for anything else. */
export const serverPlace = "key|server";

/** @throws Shut */
export async function keptKey(worker: string): Promise<CryptoKey | undefined> {
  const row = await keyRow(worker);
  if (!isWrapped(row)) {
    return row;
  }
  const open = held.get(worker);
  return open?.device === row.device ? open.key : openBySession(worker, row);
}

const opening = new Map<string, Promise<CryptoKey>>();

/** Asked for once, however much there is to open. */
function openBySession(worker: string, { device, server }: Wrapped): Promise<CryptoKey> {
  const asked = opening.get(worker) ?? givenKey(device)
    .catch((fault: unknown) => Promise.reject(fault instanceof Shut ? fault : new Shut("no connection")))
    .then(async (secret) => openBytes(await importKey(secret), worker, serverPlace, server))
    .catch((fault: unknown) => Promise.reject(fault instanceof Shut ? fault : new Withheld("another key")))
    .then((raw) => hold(worker, device, raw))
    .finally(() => opening.delete(worker));
  opening.set(worker, asked);
  return asked;
}

/** Made while she is signed in, so that nothing need make one later. */
export const makeKey = async (worker: string): Promise<void> => void (await keyOf(worker));

async function keyOf(worker: string): Promise<CryptoKey> {
  const kept = await keptKey(worker);
  if (kept) {
    return kept;
  }
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may get here together: the first key stays, or the other tab's drafts could not be opened.
  await within("keys", "readwrite", (store) => store.add(made, worker)).catch(() => undefined);
  return (await keptKey(worker)) ?? made;
}

let database: Promise<IDBDatabase> | undefined;

export function open(): Promise<IDBDatabase> {
  return (database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("nrs", 3);
    request.onupgradeneeded = ({ oldVersion }) => {
      const made = request.result;
      if (oldVersion < 1) {
        made.createObjectStore("keys");
        made.createObjectStore("drafts", { keyPath: ["worker", "id"] });
      }
      if (oldVersion < 2) {
        made.createObjectStore("unsent", { keyPath: ["worker", "id"] });
        made.createObjectStore("kept");
      }
      made.createObjectStore("lists", { keyPath: ["worker", "id"] });
    };
    request.onsuccess = () => {
      // Another tab may bring a newer client.
      request.result.onversionchange = () => {
        request.result.close();
        database = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      database = undefined;
      reject(request.error ?? new Error("indexedDB"));
    };
  }));
}

export async function within<T = unknown>(name: Store, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opened = await open();
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result as T);
    transaction.onabort = () => reject(transaction.error ?? new Error("indexedDB"));
  });
}
