import { listsLeftAt } from "#api/seen.ts";
import { listPlace } from "./places.ts";
import { reseal, type Sealed, unseal, within } from "./sealed.ts";
import { keptFor } from "./vault.ts";

/** A list of work as it was read last: codes, districts and deadlines, no names. Sealed like a draft, and as old as one at most. */
export type KeptList<T> = { at: number; value: T };

type Row = Sealed & { worker: string; id: string; at: number };

const isOver = ({ at }: { at: number }): boolean => Date.now() - at > keptFor || at <= listsLeftAt();

export async function keepWorklist(worker: string, id: string, { at, value }: KeptList<unknown>): Promise<void> {
  const sealed = await reseal(worker, listPlace(id, at), value);
  if (sealed && !isOver({ at })) {
    const row: Row = { worker, id, at, ...sealed };
    await within("lists", "readwrite", (store) => store.put(row));
  }
}

/** Undefined when there is none, when it is too old, and once she has left or signed out. */
export async function keptWorklist<T>(worker: string, id: string): Promise<KeptList<T> | undefined> {
  const row = await within<Row | undefined>("lists", "readonly", (store) => store.get([worker, id]));
  if (!row) {
    return undefined;
  }
  if (isOver(row)) {
    await within("lists", "readwrite", (store) => store.delete([worker, id]));
    return undefined;
  }
  return { at: row.at, value: await unseal<T>(worker, listPlace(id, row.at), row) };
}
