import { type InfiniteData, type UseInfiniteQueryResult, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { answer, api, tagged, type Tagged } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import { usePolledPages } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";
import type { Me, VictimDraft } from "#api/shapes.ts";
import { stepOf } from "#api/steps.ts";
import { sendOrKeep } from "#drafts/queue.ts";
import { type Call, draftOf } from "./call.ts";

type Schemas = components["schemas"];
export type Report = Schemas["ReportView"];
export type ReportRow = Schemas["ReportRow"];
export type ReportDraft = Schemas["ReportDraft"];
export type ReportChange = Schemas["ReportChange"];
export type Receipt = Schemas["ReportReceipt"];
export type Outcome = NonNullable<ReportDraft["outcome"]>;
type Page = Schemas["PageOfReportRow"];
export type Show = "open" | "sorted";

/** Newest first, no words: what people told stands in the report itself. */
export function useReports(show: Show): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return usePolledPages<Page>(["reports", show], (header, cursor) => api.GET("/api/v1/reports", { params: { header, query: { show, ...cursor } } }));
}

/** A read that is written down: once a visit. */
export function useReport(id: string): UseQueryResult<Tagged<Report>, Problem> {
  return useQuery<Tagged<Report>, Problem>({
    queryKey: ["report", id],
    queryFn: () => tagged(api.GET("/api/v1/reports/{id}", { params: { path: { id } } })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

/** Undefined: there is no connection, and it is kept on this phone. */
export function useTake(me: Me): UseMutationResult<Receipt | undefined, Problem, Call> {
  return useChange<Call, Receipt | undefined>({
    send: (call, key) => sendOrKeep<Receipt>(me.id, {
      id: call.id, kind: "report", at: Date.now(), agencyId: me.agency.id, done: 0, steps: [stepOf("/api/v1/reports", draftOf(call), key())],
      draft: { id: call.id, kind: "report", value: call, href: `/reports/new/${call.id}` }, href: `/reports/${call.id}`,
    }),
    refreshes: () => [["reports"]],
  });
}

/** Where somebody else was faster, what they decided is read: the sheet then shows both. */
export function useSort(id: string): UseMutationResult<Report, Problem, { etag: string; change: ReportChange }> {
  const cache = useQueryClient();
  return useChange<{ etag: string; change: ReportChange }, Report>({
    send: async ({ etag, change }) => {
      try {
        return await answer(api.PUT("/api/v1/reports/{id}", { params: { path: { id }, header: { "If-Match": etag } }, body: change }));
      } catch (fault) {
        if ((fault as Problem).status === 412) {
          await cache.invalidateQueries({ queryKey: ["report", id] });
        }
        throw fault;
      }
    },
    refreshes: () => [["reports"], ["report", id]],
  });
}

/** Whoever asked to be called was called, or whoever asked that it stops has an answer. */
export function useAnswered(id: string, wish: "called-back" | "stop-answered"): UseMutationResult<Report, Problem, void> {
  return useChange<void, Report>({
    send: (_, key) => answer(api.POST(`/api/v1/reports/{id}/${wish}`, { params: { path: { id }, header: { "Idempotency-Key": key() } } })),
    refreshes: () => [["reports"], ["report", id], ["clocks"]],
  });
}

export function useConvert(id: string): UseMutationResult<Report, Problem, VictimDraft> {
  return useChange<VictimDraft, Report>({
    send: (body, key) => answer(api.POST("/api/v1/reports/{id}/convert", { params: { path: { id }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["reports"], ["report", id], ["victims"]],
  });
}

/** The case is found by its code among those that the worker may see. */
export function useLinkByCode(id: string): UseMutationResult<Report | undefined, Problem, string> {
  return useChange<string, Report | undefined>({
    send: async (caseCode, key) => {
      const found = await answer(api.POST("/api/v1/victims/search", { body: { caseCode } }));
      const victimId = found.items.find(({ because }) => because.includes("case_code"))?.id;
      return victimId === undefined
        ? undefined
        : answer(api.POST("/api/v1/reports/{id}/link", { params: { path: { id }, header: { "Idempotency-Key": key() } }, body: { victimId } }));
    },
    refreshes: () => [["reports"], ["report", id]],
  });
}
