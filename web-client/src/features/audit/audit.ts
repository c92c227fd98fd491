import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useMutation, type UseMutationResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "#api/client.ts";
import type { components, paths } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Row = Schemas["AuditRow"];
export type Seal = Schemas["SealRow"];
type Part = Schemas["SealsVerdict"];
type Page = Schemas["PageOfAuditRow"];
export type Question = Omit<NonNullable<paths["/api/v1/audit"]["get"]["parameters"]["query"]>, "cursor" | "limit">;

/** One press of Search: the same question again is another search, and is written down again. */
export type Search = { number: number; question: Question };

/** Each page that is read is itself written down: so nothing is read unless somebody presses for it, and nothing is kept. */
export function useSearch(search: Search | undefined): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return useInfiniteQuery<Page, Problem, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: ["audit", search],
    queryFn: ({ pageParam }) => answer(api.GET("/api/v1/audit", { params: { query: { ...search?.question, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: search !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnMount: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
}

/** How far a proof has come. */
export type Proof = { rows: number; seals: number; newest: number; next: number | null };
export type Proven = { proof: Proof; last: Part };

const begun: Proof = { rows: 0, seals: 0, newest: 0, next: 1 };

/** Part after part, until the end or the first bad position; after a failure it goes on where it stood. It stops when the screen is left. */
export function useProof(): { proof: Proof; run: UseMutationResult<Proven | undefined, Problem, void> } {
  const [proof, setProof] = useState(begun);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const run = useMutation<Proven | undefined, Problem, void>({
    mutationFn: async () => {
      let at = proof.next === null ? begun : proof;
      while (here.current && at.next !== null) {
        const last: Part = await answer(api.POST("/api/v1/audit/verify", { body: { fromSeal: at.next } }));
        at = { rows: at.rows + last.rows, seals: at.seals + last.seals, newest: last.newest, next: last.next ?? null };
        setProof(at);
        if (at.next === null) {
          return { proof: at, last };
        }
      }
      return undefined;
    },
  });
  return { proof, run };
}

const shown = 10;

/** The newest seals, the newest first. */
export function useNewestSeals(newest: number): UseQueryResult<Seal[], Problem> {
  return useQuery<Seal[], Problem>({
    queryKey: ["seals", newest],
    queryFn: async () => (await answer(api.GET("/api/v1/audit/seals", { params: { query: { after: Math.max(0, newest - shown), limit: shown } } }))).items.toReversed(),
    gcTime: 0,
  });
}
