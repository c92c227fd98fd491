import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { BasisView } from "#api/shapes.ts";

type Schemas = components["schemas"];
export type Group = Schemas["BestInterestsDraft"]["groups"][number];
export type Purpose = Schemas["BestInterestsDraft"]["purposes"][number];

/** What allows sharing though nobody was asked, as the place of its form names it. */
export const unaskedKinds = ["best-interests", "orders", "duties", "emergencies", "guardianships", "legal-holds"] as const;
export type UnaskedKind = (typeof unaskedKinds)[number];

type Bodies = {
  "best-interests": Schemas["BestInterestsDraft"];
  orders: Schemas["OrderDraft"];
  duties: Schemas["DutyDraft"];
  emergencies: Schemas["EmergencyDraft"];
  guardianships: Schemas["GuardianshipDraft"];
  "legal-holds": Schemas["LegalHoldDraft"];
};
export type Draft = { [Kind in UnaskedKind]: { kind: Kind; body: Bodies[Kind] } }[UnaskedKind];

export function useRecordUnasked(id: string): UseMutationResult<BasisView, Problem, Draft> {
  return useChange<Draft, BasisView>({
    send: (draft, key) => {
      const params = { path: { id }, header: { "Idempotency-Key": key() } };
      switch (draft.kind) {
        case "best-interests": return answer(api.POST("/api/v1/victims/{id}/best-interests", { params, body: draft.body }));
        case "orders": return answer(api.POST("/api/v1/victims/{id}/orders", { params, body: draft.body }));
        case "duties": return answer(api.POST("/api/v1/victims/{id}/duties", { params, body: draft.body }));
        case "emergencies": return answer(api.POST("/api/v1/victims/{id}/emergencies", { params, body: draft.body }));
        case "guardianships": return answer(api.POST("/api/v1/victims/{id}/guardianships", { params, body: draft.body }));
        case "legal-holds": return answer(api.POST("/api/v1/victims/{id}/legal-holds", { params, body: draft.body }));
      }
    },
    refreshes: () => [["victim", id], ["approvals"], ["clocks"]],
  });
}

export type Move = { action: "stay" | "resume"; body: Schemas["OrderMove"] } | { action: "end"; body: Schemas["BasisEnd"] };

/** Reads the newest version first: a court's word counts whatever else has changed. */
export function useMoveBasis(id: string, basisId: string): UseMutationResult<BasisView | undefined, Problem, Move> {
  return useChange<Move, BasisView | undefined>({
    send: async (move, key) => {
      const path = { id, basisId };
      const { etag } = await tagged(api.GET("/api/v1/victims/{id}/bases/{basisId}", { params: { path } }));
      const params = { path, header: { "If-Match": etag, "Idempotency-Key": key() } };
      switch (move.action) {
        case "stay": return answer(api.POST("/api/v1/victims/{id}/bases/{basisId}/stay", { params, body: move.body }));
        case "resume": return answer(api.POST("/api/v1/victims/{id}/bases/{basisId}/resume", { params, body: move.body }));
        case "end": return answer(api.POST("/api/v1/victims/{id}/bases/{basisId}/end", { params, body: move.body }));
      }
    },
    refreshes: () => [["victim", id], ["referrals"]],
  });
}

type Instrument = Schemas["LawInstrumentView"];

/** The laws of the newest release that are in force. */
export function useLaws(enabled: boolean): UseQueryResult<Instrument[], Problem> {
  return useQuery<Instrument[], Problem>({
    queryKey: ["law", "instruments"],
    queryFn: async () => {
      const newest = (await answer(api.GET("/api/v1/law/releases"))).items.find(({ state }) => state === "approved");
      const release = newest && await answer(api.GET("/api/v1/law/releases/{number}", { params: { path: { number: newest.number } } }));
      return (release?.instruments ?? []).filter(({ status }) => status.startsWith("in_force"));
    },
    staleTime: 600_000,
    enabled,
  });
}
