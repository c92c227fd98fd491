import type { UseMutationResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { Me } from "#api/shapes.ts";
import { type Step, stepOf, take } from "#api/steps.ts";
import { sendOrKeepLatest } from "#drafts/queue.ts";
import { emptyGoal } from "./goals.ts";
import type { ItemDraft, ItemKind, ItemView } from "./items.ts";

/** What can wait for a connection says when it was begun, always the same: what is sent again under the same key has to be the same. */
export function newItem(kind: ItemKind): ItemDraft {
  return {
    id: crypto.randomUUID(), kind, restricted: false, ...(waits(kind) && { occurredAt: new Date().toISOString() }),
    body: kind === "screening" ? { indicators: [] } : kind === "plan" ? { goals: [emptyGoal()] } : {},
  };
}

/** Those that can wait for a connection. What needs somebody at once is not put by where nobody sees it. */
const waits = (kind: ItemKind): kind is "note" | "visit" => kind === "note" || kind === "visit";

/** Undefined: there is no connection, and it is kept on this phone. */
export function useAddItem(me: Me, victimId: string): UseMutationResult<ItemView | undefined, Problem, ItemDraft> {
  return useChange<ItemDraft, ItemView | undefined>({
    send: async (draft, key) => {
      const { kind, id } = draft;
      const stepOfIt = (body: ItemDraft, its: string): Step => stepOf(`/api/v1/victims/${victimId}/records`, body, its);
      if (!waits(kind) || !id) {
        return take(stepOfIt(draft, key()));
      }
      return sendOrKeepLatest(me.id, id, key, (own, its) => {
        const value = { ...draft, id: own };
        return {
          id: own, kind, at: Date.now(), agencyId: me.agency.id, done: 0, steps: [stepOfIt(value, its)],
          draft: { id: `${victimId}-${kind}`, kind: "item", value, href: `/cases/${victimId}/items/${kind}` }, href: `/cases/${victimId}`,
        };
      });
    },
    refreshes: () => [["victim", victimId]],
  });
}
