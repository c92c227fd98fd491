import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "./client.ts";
import type { Problem } from "./problems.ts";
import type { Me } from "./shapes.ts";

/** Who is signed in, in which agency, and which areas of the client are theirs. A 401 means nobody is. */
export function useMe(): UseQueryResult<Me, Problem> {
  return useQuery<Me, Problem>({
    queryKey: ["me"],
    queryFn: () => answer(api.GET("/api/v1/me")),
    staleTime: 60_000,
  });
}

/** The server brings the browser back to where it was. */
export const signInAddress = (returnTo: string): string => `/web/signin?return=${encodeURIComponent(returnTo)}`;

export const home = "/referrals/received";

/** Ends the session even while the page is being left. */
export function endSession(): Promise<unknown> {
  return fetch("/web/signout", { method: "POST", headers: { "X-NRS": "1" }, credentials: "same-origin", keepalive: true })
    .catch(() => undefined);
}

export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    await endSession();
    cache.clear();
    location.assign("/");
  };
}
