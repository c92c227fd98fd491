import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import { usePolledPages } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";

export type Box = "received" | "sent";
export type Show = "open" | "due" | "overdue" | "closed";
type Page = components["schemas"]["PageOfReferralRow"];

/** The queue by deadline. */
export function useReferrals(box: Box, show: Show): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return usePolledPages<Page>(["referrals", box, show], (header, cursor) => api.GET("/api/v1/referrals", { params: { header, query: { box, show, ...cursor } } }));
}
