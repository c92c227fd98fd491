import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Proposal = Schemas["LawProposalView"];
export type Change = Schemas["LawChange"];
export type Rule = Schemas["AgeRuleView"];
export type Draft = Schemas["LawReleaseDraft"];
type Verdict = Schemas["LawVerdict"];
export type Decision = Verdict["decision"];

const all = ["law-proposals"];

/** Newest first, with who proposed and who decided each. */
export function useProposals(): UseQueryResult<Proposal[], Problem> {
  return useQuery<Proposal[], Problem>({ queryKey: all, queryFn: async () => (await answer(api.GET("/api/v1/law/proposals"))).items });
}

/** Against the release before it. */
export function useChanges(number: number): UseQueryResult<Change[], Problem> {
  return useQuery<Change[], Problem>({
    queryKey: ["law-changes", number],
    queryFn: async () => (await answer(api.GET("/api/v1/law/releases/{number}/changes", { params: { path: { number } } }))).items,
  });
}

export function usePropose(): UseMutationResult<Proposal, Problem, Draft> {
  return useChange<Draft, Proposal>({
    send: (body, key) => answer(api.POST("/api/v1/law/releases", { params: { header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [all],
  });
}

/** From a yes on it answers: what was read of the laws is asked again. */
export function useDecide(number: number): UseMutationResult<Proposal, Problem, Verdict> {
  return useChange<Verdict, Proposal>({
    send: (body, key) => answer(api.POST("/api/v1/law/releases/{number}/decide", { params: { path: { number }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [all, ["law"]],
  });
}

export function useTakeBack(number: number): UseMutationResult<Proposal, Problem, void> {
  return useChange<void, Proposal>({
    send: (_, key) => answer(api.POST("/api/v1/law/releases/{number}/withdraw", { params: { path: { number }, header: { "Idempotency-Key": key() } } })),
    refreshes: () => [all],
  });
}
