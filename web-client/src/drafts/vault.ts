/**
 * Answers that were not sent yet, on this phone. Each is sealed (AES-256-GCM) with a key that the browser
 * keeps and no script can read out, bound to the worker and the draft; a draft dies after 72 hours.
 */
export type Draft<T> = { id: string; kind: string; startedAt: number; savedAt: number; value: T };

type Sealed = { worker: string; id: string; kind: string; startedAt: number; savedAt: number; iv: Uint8Array<ArrayBuffer>; body: ArrayBuffer };

export const keptFor = 72 * 60 * 60 * 1000;

export async function saveDraft<T>(worker: string, draft: Draft<T>): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(draft.value));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(worker, draft.id) }, await keyOf(worker), plain);
  const { id, kind, startedAt, savedAt } = draft;
  await within("drafts", "readwrite", (store) => store.put({ worker, id, kind, startedAt, savedAt, iv, body } satisfies Sealed));
}

/** Undefined when there is none, when it is too old, or when it was another worker's. */
export async function readDraft<T>(worker: string, id: string): Promise<Draft<T> | undefined> {
  const sealed = await within<Sealed | undefined>("drafts", "readonly", (store) => store.get([worker, id]));
  if (!sealed || expired(sealed)) {
    return undefined;
  }
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.iv, additionalData: bound(worker, id) }, await keyOf(worker), sealed.body,
  );
  const { kind, startedAt, savedAt } = sealed;
  return { id, kind, startedAt, savedAt, value: JSON.parse(new TextDecoder().decode(plain)) as T };
}

export type DraftRow = Omit<Draft<never>, "value">;

/** This worker's drafts, newest first, without opening them. What is too old is dropped on the way. */
export async function listDrafts(worker: string, kind: string): Promise<DraftRow[]> {
  const all = await within<Sealed[]>("drafts", "readonly", (store) => store.getAll());
  for (const old of all.filter(expired)) {
    await dropDraft(old.worker, old.id);
  }
  return all
    .filter((one) => one.worker === worker && one.kind === kind && !expired(one))
    .sort((a, b) => b.savedAt - a.savedAt)
    .map(({ id, startedAt, savedAt }) => ({ id, kind, startedAt, savedAt }));
}

export async function dropDraft(worker: string, id: string): Promise<void> {
  await within("drafts", "readwrite", (store) => store.delete([worker, id]));
}

const expired = ({ savedAt }: { savedAt: number }): boolean => Date.now() - savedAt > keptFor;

const bound = (worker: string, id: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`draft-1|${worker}|${id}`);

async function keyOf(worker: string): Promise<CryptoKey> {
  const kept = await within<CryptoKey | undefined>("keys", "readonly", (store) => store.get(worker));
  if (kept) {
    return kept;
  }
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may get here together: the first key stays, or the other tab's drafts could not be opened.
  await within("keys", "readwrite", (store) => store.add(made, worker)).catch(() => undefined);
  return (await within<CryptoKey | undefined>("keys", "readonly", (store) => store.get(worker))) ?? made;
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("nrs", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("drafts", { keyPath: ["worker", "id"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => {
      opened = undefined;
      reject(request.error ?? new Error("indexedDB"));
    };
  }));
}

async function within<T = unknown>(name: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result as T);
    transaction.onabort = () => reject(transaction.error ?? new Error("indexedDB"));
  });
}
