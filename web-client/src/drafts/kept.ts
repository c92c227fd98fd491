import type { Me } from "#api/shapes.ts";
import { Withheld } from "./deviceKey.ts";
import { forget, seal, type Sealed, unseal, within } from "./sealed.ts";

/** A public list (districts, codes) as the server told it last. */
export async function keepList(path: string, value: unknown): Promise<void> {
  await within("kept", "readwrite", (store) => store.put(value, path));
}

export const keptList = <T>(path: string): Promise<T | undefined> => within<T | undefined>("kept", "readonly", (store) => store.get(path));

export type MeRow = Sealed & { worker: string };

export async function keepMe(me: Me): Promise<void> {
  const sealed = await seal(me.id, "me", me).catch(async (fault: unknown) => {
    if (!(fault instanceof Withheld)) {
      throw fault;
    }
    // She is signed in, and nothing opens any more what lies here: it makes room for what she writes next.
    await forget(me.id);
    return seal(me.id, "me", me);
  });
  const row: MeRow = { worker: me.id, ...sealed };
  await within("kept", "readwrite", (store) => store.put(row, "me"));
}

/** Who was signed in here last; undefined once she has signed out. */
export async function keptMe(): Promise<Me | undefined> {
  const row = await meRow();
  return row && unseal<Me>(row.worker, "me", row);
}

export const meRow = (): Promise<MeRow | undefined> => within("kept", "readonly", (store) => store.get("me"));
