import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { Name } from "#ui/NameView.tsx";

const atOnce = 50;

/** Opens the names of the own team's cases; the server writes one line a person. Never kept in the cache. */
export function useNames(): UseMutationResult<Map<string, Name | undefined>, Problem, string[]> {
  return useChange<string[], Map<string, Name | undefined>>({
    send: async (ids) => {
      const { items } = await answer(api.POST("/api/v1/victims/names", { body: { ids: ids.slice(0, atOnce) } }));
      return new Map(items.map(({ id, name }) => [id, name ?? undefined]));
    },
  });
}
