/**
 * What lies on this phone: a database of the browser. What somebody wrote is sealed (AES-256-GCM) with a key that the
 * browser keeps and no script can read out, one for each worker, bound to what is sealed; it goes when she signs out.
 */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; body: ArrayBuffer };
export type Store = "keys" | "drafts" | "unsent" | "lists" | "kept";

const tables = ["drafts", "unsent", "lists"] as const satisfies readonly Store[];

/** @param place Where it belongs, "draft|<id>": what was sealed for one place does not open in another. */
export const seal = async (worker: string, place: string, value: unknown): Promise<Sealed> => sealWith(await keyOf(worker), worker, place, value);

/** The same for what lies here already. Undefined when she has signed out: for what is gone no key is made. */
export async function reseal(worker: string, place: string, value: unknown): Promise<Sealed | undefined> {
  const key = await keptKey(worker);
  return key && sealWith(key, worker, place, value);
}

export async function unseal<T>(worker: string, place: string, { iv, body }: Sealed): Promise<T> {
  const key = await keptKey(worker);
  if (!key) {
    throw new Error("no key");
  }
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound(worker, place) }, key, body);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

async function sealWith(key: CryptoKey, worker: string, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, body: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(worker, place) }, key, plain) };
}

/** Everything of one worker, the key first: what could not be deleted can no longer be opened. */
export async function forget(worker: string): Promise<void> {
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

const keptKey = (worker: string): Promise<CryptoKey | undefined> => within<CryptoKey | undefined>("keys", "readonly", (store) => store.get(worker));

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

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("nrs", 3);
    request.onupgradeneeded = ({ oldVersion }) => {
      const database = request.result;
      if (oldVersion < 1) {
        database.createObjectStore("keys");
        database.createObjectStore("drafts", { keyPath: ["worker", "id"] });
      }
      if (oldVersion < 2) {
        database.createObjectStore("unsent", { keyPath: ["worker", "id"] });
        database.createObjectStore("kept");
      }
      database.createObjectStore("lists", { keyPath: ["worker", "id"] });
    };
    request.onsuccess = () => {
      // Another tab may bring a newer client.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error ?? new Error("indexedDB"));
    };
  }));
}

export async function within<T = unknown>(name: Store, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result as T);
    transaction.onabort = () => reject(transaction.error ?? new Error("indexedDB"));
  });
}
