import { type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import { usePolled } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";
import type { EntryView, Me } from "#api/shapes.ts";
import { type Step, stepOf, take } from "#api/steps.ts";
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

/**
 * A service given can be written down without a connection and keeps the time at which it was: then the answer is undefined. A
 * message is for somebody who reads it, and is not put by where nobody sees it.
 */
export function useWriteEntry(me: Me, id: string): UseMutationResult<EntryView | undefined, Problem, Written> {
  return useChange<Written, EntryView | undefined>({
    send: (written, key) => {
      const stepOfIt = (body: Schemas["EntryDraft"], its: string): Step => stepOf(`/api/v1/referrals/${id}/entries`, body, its);
      const { kind, begunAt: occurredAt } = written;
      const text = written.text.trim();
      if (kind !== "service_delivered") {
        return take<EntryView>(stepOfIt({ kind, text }, key()));
      }
      return sendOrKeepLatest<EntryView>(me.id, written.id, key, (own, its) => ({
        id: own, kind: "service", at: Date.now(), agencyId: me.agency.id, done: 0, steps: [stepOfIt({ id: own, kind, text, occurredAt }, its)],
        draft: { id: draftOf(id), kind: draftKind, value: { ...written, id: own }, href: `/referrals/${id}` }, href: `/referrals/${id}`,
      }));
    },
    // Word from the provider moves its deadline.
    refreshes: () => [["referral", id]],
  });
}
