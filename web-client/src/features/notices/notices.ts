import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, type UseMutationResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Notice = Schemas["NotificationView"];
type Page = Schemas["PageOfNotificationView"];
export type Show = "unread" | "all";

/** Newest first, ids and codes only: what stands in it may be seen over somebody's shoulder. */
export function useNotices(show: Show): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return useInfiniteQuery<Page, Problem, InfiniteData<Page>, string[], string | undefined>({
    queryKey: ["notices", show],
    queryFn: ({ pageParam }) =>
      answer(api.GET("/api/v1/notifications", { params: { query: { ...(show === "unread" && { unread: true }), ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 60_000,
  });
}

const most = 9;

/** How many wait, as far as a badge says it: "9+" is enough to know. */
export function useUnread(): string | undefined {
  const { data = 0 } = useQuery<number, Problem>({
    queryKey: ["notices", "count"],
    queryFn: async () => (await answer(api.GET("/api/v1/notifications", { params: { query: { unread: true, limit: most + 1 } } }))).items.length,
    refetchInterval: 60_000,
  });
  return data === 0 ? undefined : data > most ? `${most}+` : String(data);
}

/** One after the other; what was read already stays read. */
export function useRead(): UseMutationResult<void, Problem, string[]> {
  return useChange<string[], void>({
    send: async (ids, key) => {
      for (const id of ids) {
        await answer(api.POST("/api/v1/notifications/{id}/read", { params: { path: { id }, header: { "Idempotency-Key": key(id) } } }));
      }
    },
    refreshes: () => [["notices"]],
  });
}
