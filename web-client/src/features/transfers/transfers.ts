import { type InfiniteData, type UseInfiniteQueryResult, type UseMutationResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import { usePolledPages } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";
import type { VictimView } from "#api/shapes.ts";

type Schemas = components["schemas"];
export type Transfer = Schemas["TransferView"];
export type TransferDraft = Schemas["TransferDraft"];
export type Agency = Schemas["AgencyRow"];
type Page = Schemas["PageOfTransferView"];
export type Box = "received" | "sent";

export function useTransfers(box: Box): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return usePolledPages<Page>(["transfers", box], (header, cursor) => api.GET("/api/v1/transfers", { params: { header, query: { box, ...cursor } } }));
}

/** Every transfer of one person that the reader may see, newest first. */
export function useTransfersOf(victimId: string): UseQueryResult<Transfer[], Problem> {
  return useQuery<Transfer[], Problem>({
    queryKey: ["transfers", "of", victimId],
    queryFn: async () => (await answer(api.GET("/api/v1/transfers", { params: { query: { victimId } } }))).items,
  });
}

export function useTransfer(id: string): UseQueryResult<Tagged<Transfer>, Problem> {
  return useQuery<Tagged<Transfer>, Problem>({
    queryKey: ["transfer", id],
    queryFn: () => tagged(api.GET("/api/v1/transfers/{id}", { params: { path: { id } } })),
  });
}

export function useVictim(id: string): UseQueryResult<VictimView, Problem> {
  return useQuery<VictimView, Problem>({
    queryKey: ["victim", id],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}", { params: { path: { id } } })),
  });
}

/** All that can sign in: whoever cannot, cannot accept either. */
export function useAgencies(): UseQueryResult<Agency[], Problem> {
  return useQuery<Agency[], Problem>({
    queryKey: ["agencies", "with account"],
    queryFn: async () => {
      const all: Agency[] = [];
      let cursor: string | undefined;
      do {
        const page: Schemas["PageOfAgencyRow"] = await answer(api.GET("/api/v1/agencies", { params: { query: { hasAccount: true, limit: 200, ...(cursor && { cursor }) } } }));
        all.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return all;
    },
    staleTime: 600_000,
  });
}

export function useAsk(): UseMutationResult<Transfer, Problem, TransferDraft> {
  return useChange<TransferDraft, Transfer>({
    send: (body, key) => answer(api.POST("/api/v1/transfers", { params: { header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["transfers"]],
  });
}

export type End = { action: "accept"; etag: string; stays?: boolean } | { action: "decline"; etag: string; reason: Schemas["TransferDecline"]["reason"] } | { action: "revoke"; etag: string };

/** Undefined when the reader may see nothing of it any more. */
export function useEnd(id: string): UseMutationResult<Transfer | undefined, Problem, End> {
  return useChange<End, Transfer | undefined>({
    send: (end, key) => {
      const params = { path: { id }, header: { "If-Match": end.etag, "Idempotency-Key": key() } };
      switch (end.action) {
        case "accept": return answer(api.POST("/api/v1/transfers/{id}/accept", { params, body: end.stays === undefined ? {} : { stays: end.stays } }));
        case "decline": return answer(api.POST("/api/v1/transfers/{id}/decline", { params, body: { reason: end.reason } }));
        default: return answer(api.POST("/api/v1/transfers/{id}/revoke", { params }));
      }
    },
    refreshes: (after) => [["transfers"], ["victims"], ["referrals"], ...(after?.victimId ? [["victim", after.victimId]] : []), ...(after ? [["transfer", id]] : [])],
  });
}
