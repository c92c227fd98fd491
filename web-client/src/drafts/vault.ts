import { draftPlace } from "./places.ts";
import { seal, type Sealed, unseal, within } from "./sealed.ts";

/** Answers that were not sent yet, sealed on this phone; a draft dies after 72 hours. */
export type Draft<T> = { id: string; kind: string; startedAt: number; savedAt: number; value: T };

type Row = Omit<Draft<never>, "value"> & Sealed & { worker: string };

export const keptFor = 72 * 60 * 60 * 1000;
export const warnedAfter = 48 * 60 * 60 * 1000;

type Seals = (worker: string, place: string, value: unknown) => Promise<Sealed | undefined>;

/** @param seals `reseal` where she may have signed out meanwhile: then nothing is kept, and no key is made. */
export async function saveDraft<T>(worker: string, { value, ...draft }: Draft<T>, seals: Seals = seal): Promise<void> {
  const sealing = seals(worker, draftPlace(draft.id), value);
  // A failure is met in its turn, and is nobody's until then.
  sealing.catch(() => undefined);
  await inTurn(worker, draft.id, async () => {
    const sealed = await sealing;
    if (sealed) {
      const row: Row = { worker, ...draft, ...sealed };
      await within("drafts", "readwrite", (store) => store.put(row));
    }
  });
}

/** Undefined when there is none, when it is too old, or when it was another worker's. */
export async function readDraft<T>(worker: string, id: string): Promise<Draft<T> | undefined> {
  const row = await inTurn(worker, id, () => within<Row | undefined>("drafts", "readonly", (store) => store.get([worker, id])));
  if (!row || expired(row)) {
    return undefined;
  }
  const { kind, startedAt, savedAt } = row;
  return { id, kind, startedAt, savedAt, value: await unseal<T>(worker, draftPlace(id), row) };
}

export type DraftRow = Omit<Draft<never>, "value">;

/** This worker's drafts, newest first, without opening them. What is too old is dropped on the way. */
export async function listDrafts(worker: string, kind?: string): Promise<DraftRow[]> {
  const all = await within<Row[]>("drafts", "readonly", (store) => store.getAll());
  for (const old of all.filter(expired)) {
    await dropDraft(old.worker, old.id);
  }
  return all
    .filter((one) => one.worker === worker && (kind === undefined || one.kind === kind) && !expired(one))
    .sort((a, b) => b.savedAt - a.savedAt)
    .map(({ id, kind: which, startedAt, savedAt }) => ({ id, kind: which, startedAt, savedAt }));
}

export async function dropDraft(worker: string, id: string): Promise<void> {
  await inTurn(worker, id, () => within("drafts", "readwrite", (store) => store.delete([worker, id])));
}

const turns = new Map<string, Promise<unknown>>();

/** What is kept and dropped of one draft, in the order in which it was asked for: sealing takes time, and what was dropped meanwhile must not come back. */
function inTurn<T>(worker: string, id: string, act: () => Promise<T>): Promise<T> {
  const key = JSON.stringify([worker, id]);
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(act, act);
  turns.set(key, mine);
  const leave = (): unknown => turns.get(key) === mine && turns.delete(key);
  mine.then(leave, leave);
  return mine;
}

const expired = ({ savedAt }: { savedAt: number }): boolean => Date.now() - savedAt > keptFor;
