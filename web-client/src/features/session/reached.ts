import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Contact = Schemas["ContactView"];
export type ContactChange = Schemas["ContactChange"];

/** Read for writing: a number that was typed is not overwritten behind the hand that types. */
export function useContact(): UseQueryResult<Tagged<Contact>, Problem> {
  return useQuery<Tagged<Contact>, Problem>({
    queryKey: ["me", "contact"],
    queryFn: () => tagged(api.GET("/api/v1/me/contact")),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
}

export function useSaveContact(): UseMutationResult<Contact, Problem, { etag: string; change: ContactChange }> {
  return useChange<{ etag: string; change: ContactChange }, Contact>({
    send: ({ etag, change }) => answer(api.PUT("/api/v1/me/contact", { params: { header: { "If-Match": etag } }, body: change })),
    refreshes: () => [["me", "contact"]],
  });
}
