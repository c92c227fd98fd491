import { answer, api } from "#api/client.ts";
import { Problem, type FieldProblem } from "#api/problems.ts";
import type { Me } from "#api/shapes.ts";
import { type Step, take } from "#api/steps.ts";
import { seal, type Sealed, unseal, within } from "./sealed.ts";
import { listDrafts, saveDraft } from "./vault.ts";

export type UnsentKind = "registration" | "family" | "report" | "note" | "visit";

/** Something that was finished without a connection. Sealed but for its kind, its time, and whether it was refused. */
export type Unsent = {
  id: string;
  kind: UnsentKind;
  at: number;
  /** In which agency it was written: it is sent from there. */
  agencyId: string;
  steps: Step[];
  /** How many of them the server has taken. */
  done: number;
  /** Looked for first, because without a connection nobody was: the body of a search. */
  sought?: string;
  /** The draft that it was made of, and where that is opened again. */
  draft: { id: string; kind: string; value: unknown; href: string };
  /** Where it stands once it is sent. */
  href?: string;
  refusal?: Refusal;
};
export type Refusal = { code: string; detail?: string; fields: readonly FieldProblem[] };
export type UnsentRow = Pick<Unsent, "id" | "kind" | "at"> & { isRefused: boolean };
export type Stopped = "offline" | "sign_in" | "busy";

type Row = UnsentRow & Sealed & { worker: string };

/** Tells this tab and the others that something was added, sent or dropped. */
export const changed = "unsent-changed";

/** Whether it may only be tried again later: nothing was said against what was written. */
const stops = ({ status, code }: Problem): Stopped | undefined =>
  status === 0 ? "offline" : status === 401 || code === "choose_membership" ? "sign_in" : status === 408 || status === 429 || status >= 500 ? "busy" : undefined;

/** Sends at once; where there is no connection it is kept, and the answer is undefined. */
export async function sendOrKeep<T>(worker: string, unsent: Unsent): Promise<T | undefined> {
  if (navigator.onLine) {
    try {
      const answers: unknown[] = [];
      for (const step of unsent.steps) {
        answers.push(await pass(unsent, step));
      }
      return answers[0] as T;
    } catch (fault) {
      if (!(fault instanceof Problem && fault.status === 0)) {
        throw fault;
      }
    }
  }
  await keep(worker, unsent);
  return undefined;
}

export async function keep(worker: string, unsent: Unsent): Promise<void> {
  const { id, kind, at, refusal } = unsent;
  const row: Row = { worker, id, kind, at, isRefused: refusal !== undefined, ...(await seal(worker, place(unsent), unsent)) };
  await within("unsent", "readwrite", (store) => store.put(row));
  tell();
}

/** In the order in which they were written, without opening them. */
export async function listUnsent(worker: string): Promise<UnsentRow[]> {
  const rows = await within<Row[]>("unsent", "readonly", (store) => store.getAll(IDBKeyRange.bound([worker], [worker, []])));
  return rows.sort((a, b) => a.at - b.at).map(({ id, kind, at, isRefused }) => ({ id, kind, at, isRefused }));
}

export async function readUnsent(worker: string, id: string): Promise<Unsent | undefined> {
  const row = await within<Row | undefined>("unsent", "readonly", (store) => store.get([worker, id]));
  return row && unseal<Unsent>(worker, place(row), row);
}

export async function dropUnsent(worker: string, id: string): Promise<void> {
  await within("unsent", "readwrite", (store) => store.delete([worker, id]));
  tell();
}

/** Back into a draft, where it can be changed; where to open it. What the server has in part stays here until the rest is sent. */
export async function mend(worker: string, id: string): Promise<string> {
  const unsent = await readUnsent(worker, id);
  if (!unsent) {
    return "/waiting";
  }
  const { draft, done, href } = unsent;
  if (done > 0) {
    return href ?? "/waiting";
  }
  // Something else may have been begun at the same place: first the one, then the other.
  if ((await listDrafts(worker, draft.kind)).every((other) => other.id !== draft.id)) {
    await saveDraft(worker, { id: draft.id, kind: draft.kind, startedAt: unsent.at, savedAt: Date.now(), value: renewed(unsent) });
    await dropUnsent(worker, id);
  }
  return draft.href;
}

/** The server has what was sent before it was changed: what was added since goes out under an id of its own. */
function renewed({ kind, refusal, draft: { value } }: Unsent): unknown {
  return isTaken(refusal) && kind !== "registration" && kind !== "family" ? { ...(value as object), id: crypto.randomUUID() } : value;
}

/** The server has it already, under the id that was made here: an answer was lost on the way. */
const isTaken = (refusal: Pick<Refusal, "code"> | undefined): boolean => refusal?.code === "id_taken";

/** What the server answered. A person or a need that it has already is as good as taken: the rest must not wait for it. */
async function pass<T>({ kind }: Unsent, step: Step): Promise<T> {
  try {
    return await take<T>(step);
  } catch (fault) {
    if (kind === "registration" && fault instanceof Problem && isTaken(fault)) {
      return JSON.parse(step.body) as T;
    }
    throw fault;
  }
}

let sending: Promise<Stopped | undefined> | undefined;

/** Sends what waits, in order, each once; stops at the first that has to wait on. A tab that is sending already is enough. */
export function sendUnsent(worker: string): Promise<Stopped | undefined> {
  return (sending ??= alone(() => sendAll(worker)).finally(() => {
    sending = undefined;
  }));
}

async function alone(act: () => Promise<Stopped | undefined>): Promise<Stopped | undefined> {
  return "locks" in navigator ? navigator.locks.request("nrs-unsent", { ifAvailable: true }, (lock) => (lock ? act() : undefined)) : act();
}

async function sendAll(worker: string): Promise<Stopped | undefined> {
  for (const row of await listUnsent(worker)) {
    const unsent = row.isRefused ? undefined : await readUnsent(worker, row.id);
    if (!unsent) {
      continue;
    }
    try {
      // The session may be another's by now: what she wrote goes out in her name or not at all.
      const me = await answer<Me>(api.GET("/api/v1/me"));
      if (me.id !== worker) {
        return "sign_in";
      }
      if (me.agency.id === unsent.agencyId) {
        await send(worker, unsent);
      }
    } catch (fault) {
      if (!(fault instanceof Problem)) {
        throw fault;
      }
      const stopped = stops(fault);
      if (stopped) {
        return stopped;
      }
      const { code, detail, fields } = fault;
      await keep(worker, { ...unsent, refusal: { code, fields, ...(detail !== undefined && { detail }) } });
    }
  }
  return undefined;
}

async function send(worker: string, unsent: Unsent): Promise<void> {
  if (unsent.sought !== undefined && unsent.done === 0 && (await isPerhapsKnown(unsent.sought))) {
    await keep(worker, { ...unsent, refusal: { code: "perhaps_known", fields: [] } });
    return;
  }
  for (let { done } = unsent; done < unsent.steps.length; done += 1) {
    await pass(unsent, unsent.steps[done] as Step);
    unsent.done = done + 1;
    await keep(worker, unsent);
  }
  await dropUnsent(worker, unsent.id);
  window.dispatchEvent(new CustomEvent<Sent>(sent, { detail: { kind: unsent.kind, at: unsent.at, href: unsent.href } }));
}

export type Sent = { kind: UnsentKind; at: number; href: string | undefined };

/** One has arrived at the server. */
export const sent = "unsent-sent";

async function isPerhapsKnown(sought: string): Promise<boolean> {
  try {
    const { items } = await take<{ items: unknown[] }>({ path: "/api/v1/victims/search", body: sought, key: crypto.randomUUID() });
    return items.length > 0;
  } catch (fault) {
    // A name that too many have finds nobody.
    if (fault instanceof Problem && fault.status === 422) {
      return false;
    }
    throw fault;
  }
}

const place = ({ id, kind, at }: Pick<Unsent, "id" | "kind" | "at">): string => `unsent|${id}|${kind}|${at}`;

function tell(): void {
  window.dispatchEvent(new Event(changed));
}
