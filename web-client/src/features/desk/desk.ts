import { type InfiniteData, type UseInfiniteQueryResult, type UseMutationResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import { usePolled, usePolledPages } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Approval = Schemas["ApprovalView"];
export type Verdict = Schemas["ApprovalVerdict"];
export type Decision = Verdict["decision"];
export type Complaint = Schemas["ReportRow"];
export type Clock = Schemas["ClockItem"];
export type Alert = Schemas["SilentAlertView"];
type AlertPage = Schemas["PageOfSilentAlertView"];
type Page = Schemas["PageOfApprovalView"];
type ReportPage = Schemas["PageOfReportRow"];
type ClockPage = Schemas["PageOfClockItem"];
export type Case = Schemas["VictimRow"];
export type Glass = Schemas["BreakGlassView"];
type CasePage = Schemas["PageOfVictimRow"];

/** What waits for a decision, the nearest deadline first. */
export function useWaiting(): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return usePolledPages<Page>(["approvals"], (header, query) => api.GET("/api/v1/approvals", { params: { header, query } }));
}

/** What an agency did not do in time, so that it was brought before this office; for all others nothing. */
export function useOverseen(): UseQueryResult<Clock[], Problem> {
  return usePolled<ClockPage, Clock[]>(
    ["clocks", "overseen"], (header) => api.GET("/api/v1/clocks", { params: { header, query: { overseen: true, limit: 100 } } }), ({ items }) => items);
}

/** Whom this office sees the minimum of: something serious happened to them, or a deadline of theirs was missed. */
export function useBefore(enabled: boolean): UseQueryResult<Case[], Problem> {
  return usePolled<CasePage, Case[]>(
    ["victims", "before"], (header) => api.GET("/api/v1/victims", { params: { header, query: { overseen: true, limit: 100 } } }), ({ items }) => items, enabled);
}

/** Those that nobody has settled, for whoever sorts reports; without a word of them. */
export function useComplaints(enabled: boolean): UseQueryResult<Complaint[], Problem> {
  return usePolled<ReportPage, Complaint[]>(
    ["reports", "complaints"], (header) => api.GET("/api/v1/reports", { params: { header, query: { kind: "complaint", show: "open", limit: 100 } } }), ({ items }) => items, enabled);
}

/** Emergency accesses that wait for this reader's answer. */
export function useGlass(): UseQueryResult<Glass[], Problem> {
  return usePolled<Schemas["PageOfBreakGlassView"], Glass[]>(
    ["break-glass"], (header) => api.GET("/api/v1/break-glass", { params: { header, query: { limit: 100 } } }),
    ({ items }) => items.filter(({ allowedAnswers }) => allowedAnswers.length > 0));
}

export function useApproval(id: string): UseQueryResult<Approval, Problem> {
  return useQuery<Approval, Problem>({
    queryKey: ["approval", id],
    queryFn: () => answer(api.GET("/api/v1/approvals/{id}", { params: { path: { id } } })),
  });
}

/** By whoever proposed it. */
export function useTakeBack(id: string): UseMutationResult<Approval, Problem, void> {
  return useChange<void, Approval>({
    send: (_, key) => answer(api.POST("/api/v1/approvals/{id}/withdraw", { params: { path: { id }, header: { "Idempotency-Key": key() } } })),
    refreshes: (after) => [["approvals"], ["approval", id], ["victim", after.victimId]],
  });
}

/** Undefined when the reader may see nothing of it any more. */
export function useDecide(id: string): UseMutationResult<Approval | undefined, Problem, Verdict> {
  return useChange<Verdict, Approval | undefined>({
    send: (body, key) => answer(api.POST("/api/v1/approvals/{id}/decide", { params: { path: { id }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: (after) => [["approvals"], ["victims"], ...(after ? [["approval", id], ["victim", after.victimId]] : [])],
  });
}

/** Who is kept away and tried, or was and opened her, newest first; for the office alone. */
export function useAlerts(enabled: boolean): UseQueryResult<Alert[], Problem> {
  return usePolled<AlertPage, Alert[]>(
    ["alerts"], (header) => api.GET("/api/v1/silent-alerts", { params: { header, query: { limit: 100 } } }), ({ items }) => items, enabled);
}

export function useAlert(id: string): UseQueryResult<Alert, Problem> {
  return useQuery<Alert, Problem>({
    queryKey: ["alert", id],
    queryFn: () => answer(api.GET("/api/v1/silent-alerts/{id}", { params: { path: { id } } })),
  });
}

export function useSettle(id: string): UseMutationResult<Alert, Problem, string> {
  return useChange<string, Alert>({
    send: (words, key) => answer(api.POST("/api/v1/silent-alerts/{id}/handled", { params: { path: { id }, header: { "Idempotency-Key": key() } }, body: { words } })),
    refreshes: () => [["alerts"], ["alert", id], ["victims"]],
  });
}
