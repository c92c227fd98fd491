import { type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import { usePolled } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";
import type { EntryView, Me } from "#api/shapes.ts";
import { stepOf } from "#api/steps.ts";
import { sendOrKeepLatest } from "#drafts/queue.ts";

type Schemas = components["schemas"];

export function useEntries(id: string): UseQueryResult<EntryView[], Problem> {
  return usePolled<Schemas["PageOfEntryView"], EntryView[]>(
    ["referral", id, "entries"], (header) => api.GET("/api/v1/referrals/{id}/entries", { params: { header, path: { id } } }), ({ items }) => items);
}

export type Kind = Exclude<EntryView["kind"], "handover" | "feedback">;

/** What is being written: its id is made here, so that an answer that never came back is not entered twice. */
export type Written = { id: string; kind: Kind; text: string; begunAt: string };

export const draftKind = "entry";
export const draftOf = (referralId: string): string => `${referralId}-entry`;
export const newEntry = (kind: Kind): Written => ({ id: crypto.randomUUID(), kind, text: "", begunAt: new Date().toISOString() });

/** Without a connection it is written down and keeps the time at which it was: then the answer is undefined. */
export function useWriteEntry(me: Me, id: string): UseMutationResult<EntryView | undefined, Problem, Written> {
  const href = `/referrals/${id}`;
  return useChange<Written, EntryView | undefined>({
    send: (written, key) => sendOrKeepLatest<EntryView>(me.id, written.id, key, (own, its) => ({
      id: own, kind: written.kind === "service_delivered" ? "service" : "message", at: Date.now(), agencyId: me.agency.id, done: 0, href,
      steps: [stepOf<Schemas["EntryDraft"]>(`/api/v1${href}/entries`, { id: own, kind: written.kind, text: written.text.trim(), occurredAt: written.begunAt }, its)],
      draft: { id: draftOf(id), kind: draftKind, value: { ...written, id: own }, href },
    })),
    // Word from the provider moves its deadline.
    refreshes: () => [["referral", id]],
  });
}
