import { beforeEach } from "vitest";
import { stepOf } from "#api/steps.ts";
import type { Unsent } from "#drafts/queue.ts";
import { answerTo, json, type Sent, standAtTheWire } from "./wire.ts";

type Me = { id: string; agency: { id: string } };
const agencyId = (answerTo("GET", "/api/v1/me") as Me).agency.id;

// What is kept is kept by worker: somebody else for each test.
export let worker = "";
let clock = 0;
beforeEach(() => {
  worker = crypto.randomUUID();
});

/** One who was registered without a connection, with one need. */
export function registration(more: Partial<Unsent> = {}): Unsent {
  const id = crypto.randomUUID();
  return {
    id, kind: "registration", at: (clock += 1000), agencyId, done: 0,
    steps: [stepOf("/api/v1/victims", { id, name: { latin: "Zainab" } }, `${id}-victim`), stepOf(`/api/v1/victims/${id}/needs`, { category: "safe_shelter" }, `${id}-need`)],
    draft: { id, kind: "registration", value: { latin: "Zainab" }, href: `/register/${id}/check` }, href: `/cases/${id}`, ...more,
  };
}

/** A server to which this worker is signed in; the test says what becomes of what is posted. */
export const serve = (special: (sent: Sent) => Response | Promise<undefined> | undefined = () => undefined, me = worker): Sent[] =>
  standAtTheWire(async (sent) => (sent.path.endsWith("/me") ? json({ ...(answerTo("GET", sent.path) as Me), id: me }) : (await special(sent)) ?? json({ id: "x" }, 201)));
/** Answers as usual, once something else has happened. */
export const later = (act: Promise<void>): Promise<undefined> => act.then(() => undefined);
export const posted = (sent: readonly Sent[]): [string, string | null][] => sent.filter(({ method }) => method === "POST").map(({ path, headers }) => [path, headers.get("Idempotency-Key")]);
export const unreachable = (): never => {
  throw new TypeError("Failed to fetch");
};
