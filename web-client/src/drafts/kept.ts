import type { Me } from "#api/shapes.ts";
import { seal, type Sealed, unseal, within } from "./sealed.ts";

/** A public list (districts, codes) as the server told it last. */
export async function keepList(path: string, value: unknown): Promise<void> {
  await within("kept", "readwrite", (store) => store.put(value, path));
}

export const keptList = <T>(path: string): Promise<T | undefined> => within<T | undefined>("kept", "readonly", (store) => store.get(path));

type Row = Sealed & { worker: string };

export async function keepMe(me: Me): Promise<void> {
  const row: Row = { worker: me.id, ...(await seal(me.id, "me", me)) };
  await within("kept", "readwrite", (store) => store.put(row, "me"));
}

/** Who was signed in here last; undefined once she has signed out. */
export async function keptMe(): Promise<Me | undefined> {
  const row = await within<Row | undefined>("kept", "readonly", (store) => store.get("me"));
  return row && unseal<Me>(row.worker, "me", row);
}
