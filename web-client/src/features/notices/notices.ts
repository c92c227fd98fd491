import type { InfiniteData, UseInfiniteQueryResult, UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import { usePolled, usePolledPages } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Notice = Schemas["NotificationView"];
type Page = Schemas["PageOfNotificationView"];
export type Show = "unread" | "all";

/** Newest first, ids and codes only: what stands in it may be seen over somebody's shoulder. */
export function useNotices(show: Show): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return usePolledPages<Page>(["notices", show], (header, cursor) =>
    api.GET("/api/v1/notifications", { params: { header, query: { ...(show === "unread" && { unread: true }), ...cursor } } }));
}

const most = 9;

/** How many wait, as far as a badge says it: "9+" is enough to know. */
export function useUnread(): string | undefined {
  const { data = 0 } = usePolled<Page, number>(
    ["notices", "count"], (header) => api.GET("/api/v1/notifications", { params: { header, query: { unread: true, limit: most + 1 } } }), ({ items }) => items.length);
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
