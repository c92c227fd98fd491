import type { Keys } from "#api/changes.ts";
import { answer, api } from "#api/client.ts";
import { Problem, type FieldProblem } from "#api/problems.ts";
import type { Me } from "#api/shapes.ts";
import { type Step, take } from "#api/steps.ts";
import { Shut } from "./deviceKey.ts";
import { unsentPlace } from "./places.ts";
import { reseal, seal, type Sealed, unseal, within } from "./sealed.ts";
import { listDrafts, saveDraft } from "./vault.ts";

export type UnsentKind = "registration" | "family" | "report" | "note" | "visit" | "service" | "message";

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
  /** What was sent of it before it was opened and changed: the server may have that, though its answer was lost. */
  tried?: string[];
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

/** Sends at once; where there is no connection, or somebody like this is found, it is kept, and the answer is undefined. */
export async function sendOrKeep<T>(worker: string, unsent: Unsent): Promise<T | undefined> {
  let refusal: Refusal | undefined;
  if (navigator.onLine) {
    try {
      // A search can fail, a child cannot wait.
      refusal = await alike(unsent).catch((fault: unknown) => (isOffline(fault) ? Promise.reject(fault) : undefined));
      if (!refusal) {
        const answers: unknown[] = [];
        for (const step of unsent.steps) {
          answers.push(await pass(unsent, step));
        }
        return answers[0] as T;
      }
    } catch (fault) {
      if (unsent.tried && fault instanceof Problem && isTaken(fault)) {
        refusal = { code: fault.code, fields: [] };
      } else if (!isOffline(fault)) {
        throw fault;
      }
    }
  }
  await keep(worker, { ...unsent, ...(refusal && { refusal }) }).catch(() => Promise.reject(Problem.notKept()));
  return undefined;
}

/** The same for what can still be changed: what had arrived before it was goes out under an id of its own, so that nothing added is lost. */
export async function sendOrKeepLatest<T>(worker: string, id: string, key: Keys, make: (id: string, key: string) => Unsent): Promise<T | undefined> {
  try {
    return await sendOrKeep<T>(worker, make(id, key()));
  } catch (fault) {
    if (!(fault instanceof Problem) || !isTaken(fault)) {
      throw fault;
    }
    return sendOrKeep<T>(worker, make(key("own id"), key("own")));
  }
}

const isOffline = (fault: unknown): fault is Problem => fault instanceof Problem && fault.status === 0;

export async function keep(worker: string, unsent: Unsent): Promise<void> {
  const row: Row = { ...labelled(worker, unsent), ...(await seal(worker, unsentPlace(unsent), unsent)) };
  await within("unsent", "readwrite", (store) => store.put(row));
  tell();
}

const labelled = (worker: string, { id, kind, at, refusal }: Unsent): UnsentRow & { worker: string } => ({ worker, id, kind, at, isRefused: refusal !== undefined });

/** What has become of it. False when it was thrown away meanwhile, or she has signed out: then it does not come back. */
async function update(worker: string, unsent: Unsent): Promise<boolean> {
  const sealed = await reseal(worker, unsentPlace(unsent), unsent);
  return sealed !== undefined && change(worker, unsent.id, () => ({ ...labelled(worker, unsent), ...sealed }));
}

/** Writes only where there is a row still. */
async function change(worker: string, id: string, next: (row: Row) => Row): Promise<boolean> {
  const row = await within<Row | undefined>("unsent", "readwrite", (store) => {
    const found = store.get([worker, id]) as IDBRequest<Row | undefined>;
    found.addEventListener("success", () => found.result && store.put(next(found.result)));
    return found;
  });
  tell();
  return row !== undefined;
}

/** In the order in which they were written, without opening them. */
export async function listUnsent(worker: string): Promise<UnsentRow[]> {
  const rows = await within<Row[]>("unsent", "readonly", (store) => store.getAll(IDBKeyRange.bound([worker], [worker, []])));
  return rows.sort((a, b) => a.at - b.at).map(({ id, kind, at, isRefused }) => ({ id, kind, at, isRefused }));
}

/** Undefined when there is none, and when it can no longer be opened. */
export async function readUnsent(worker: string, id: string): Promise<Unsent | undefined> {
  const row = await within<Row | undefined>("unsent", "readonly", (store) => store.get([worker, id]));
  // What is only shut opens later; what can be opened no more is refused.
  return row && unseal<Unsent>(worker, unsentPlace(row), row).catch((fault: unknown) => (fault instanceof Shut ? Promise.reject(fault) : undefined));
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
  if (done > 0 || (isTaken(unsent.refusal) && isOfPeople(unsent.kind))) {
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
function renewed({ kind, refusal, steps, tried = [], draft: { value } }: Unsent): unknown {
  return kind === "registration" ? { ...(value as object), tried: [...tried, ...steps.map(({ body }) => body)] }
    : isTaken(refusal) && kind !== "family" ? { ...(value as object), id: crypto.randomUUID() } : value;
}

/** Whom it names has a case by now: what was changed since is changed there. */
const isOfPeople = (kind: UnsentKind): boolean => kind === "registration" || kind === "family";

/** The server has it already, under the id that was made here: an answer was lost on the way. */
const isTaken = (refusal: Pick<Refusal, "code"> | undefined): boolean => refusal?.code === "id_taken";

/** What the server answered. A person or a need that it has already, as it is here, is as good as taken: the rest must not wait for it. */
async function pass<T>({ kind, tried }: Unsent, step: Step): Promise<T> {
  try {
    return await take<T>(step);
  } catch (fault) {
    const isChanged = tried !== undefined && !tried.includes(step.body);
    if (kind === "registration" && fault instanceof Problem && isTaken(fault) && !isChanged) {
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
  let stopped: Stopped | undefined;
  for (const { id } of (await listUnsent(worker)).filter(({ isRefused }) => !isRefused)) {
    try {
      stopped = (await sendRow(worker, id)) ?? stopped;
    } catch (fault) {
      stopped = (fault instanceof Problem && stops(fault)) || "busy";
      // One at which something fails every time holds no other up.
      if (fault instanceof Problem && fault.status < 500) {
        return stopped;
      }
    }
    if (stopped === "sign_in") {
      return stopped;
    }
  }
  return stopped;
}

async function sendRow(worker: string, id: string): Promise<Stopped | undefined> {
  const unsent = await readUnsent(worker, id);
  if (!unsent) {
    await change(worker, id, (row) => ({ ...row, isRefused: true }));
    return undefined;
  }
  // The session may be another's by now: what she wrote goes out in her name or not at all.
  const me = await answer<Me>(api.GET("/api/v1/me"));
  if (me.id !== worker) {
    return "sign_in";
  }
  if (me.agency.id === unsent.agencyId) {
    await send(worker, unsent).catch(async (fault: unknown) => {
      if (!(fault instanceof Problem) || stops(fault)) {
        throw fault;
      }
      const { code, detail, fields } = fault;
      await update(worker, { ...unsent, refusal: { code, fields, ...(detail !== undefined && { detail }) } });
    });
  }
  return undefined;
}

async function send(worker: string, unsent: Unsent): Promise<void> {
  const refusal = unsent.done === 0 ? await alike(unsent) : undefined;
  if (refusal) {
    await update(worker, { ...unsent, refusal });
    return;
  }
  for (let { done } = unsent; done < unsent.steps.length; done += 1) {
    await pass(unsent, unsent.steps[done] as Step);
    unsent.done = done + 1;
    if (!(await update(worker, unsent))) {
      return;
    }
  }
  await dropUnsent(worker, unsent.id);
  window.dispatchEvent(new CustomEvent<Sent>(sent, { detail: { kind: unsent.kind, at: unsent.at, href: unsent.href } }));
}

export type Sent = { kind: UnsentKind; at: number; href: string | undefined };

/** One has arrived at the server. */
export const sent = "unsent-sent";

/** Whether somebody is found by what is sought first; herself does not count, she may have arrived without an answer. */
async function alike({ sought, steps: [first] }: Unsent): Promise<Refusal | undefined> {
  if (sought === undefined || !first) {
    return undefined;
  }
  const own = JSON.parse(first.body) as { id?: string };
  try {
    const { items } = await take<{ items: { id: string }[] }>({ path: "/api/v1/victims/search", body: sought, key: crypto.randomUUID() });
    return items.some(({ id }) => id !== own.id) ? { code: "perhaps_known", fields: [] } : undefined;
  } catch (fault) {
    // A name that too many have finds nobody.
    if (fault instanceof Problem && fault.status === 422) {
      return undefined;
    }
    throw fault;
  }
}

function tell(): void {
  window.dispatchEvent(new Event(changed));
}
