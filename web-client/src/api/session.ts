import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { spokenLanguage } from "#i18n/i18n.tsx";
import { answer, api } from "./client.ts";
import { Problem } from "./problems.ts";
import { seen } from "./seen.ts";
import type { Me } from "./shapes.ts";

let begun: Promise<Me> | undefined;

const readMe = (): Promise<Me> => answer(api.GET("/api/v1/me"));

/** Asked while the words load; and nobody without a session asks who they are, only to be refused. */
export function beginSession(): void {
  const signedIn = fetch("/web/session", { credentials: "same-origin" })
    .then(async (session) => stays(((await session.json()) as { signedIn: boolean }).signedIn))
    .catch(() => true);
  begun = signedIn.then((is) => (is ? readMe() : Promise.reject(Problem.signIn())));
  begun.catch(() => undefined);
}

/** A session that was to end while there was no connection ends now. */
async function stays(signedIn: boolean): Promise<boolean> {
  const isDue = localStorage.getItem(due) !== null;
  if (isDue && signedIn) {
    await endSession();
  } else {
    localStorage.removeItem(due);
  }
  return signedIn && !isDue;
}

const due = "end-session";

const soon = 8000;

/** Without a connection, or with one that says nothing, it is who was here last, while the phone is still in her hand. */
async function whoAmI(asked: Promise<Me>): Promise<Me> {
  const kept = import("#drafts/kept.ts");
  const wasHere = async (): Promise<Me | undefined> => (seen.isFresh() ? kept.then(({ keptMe }) => keptMe()).catch(() => undefined) : undefined);
  try {
    const me = await Promise.race([asked, new Promise<undefined>((late) => setTimeout(late, soon))]);
    if (!me) {
      return (await wasHere()) ?? (await asked);
    }
    void kept.then(({ keepMe }) => keepMe(me)).catch(() => undefined);
    return me;
  } catch (fault) {
    const me = fault instanceof Problem && fault.status === 0 ? await wasHere() : undefined;
    if (me) {
      return me;
    }
    throw fault;
  }
}

/** Who is signed in, in which agency, and which areas of the client are theirs. A 401 means nobody is. */
export function useMe(): UseQueryResult<Me, Problem> {
  return useQuery<Me, Problem>({
    queryKey: ["me"],
    queryFn: () => {
      const first = begun;
      begun = undefined;
      return whoAmI(first ?? readMe());
    },
    staleTime: 60_000,
  });
}

/** The server brings the browser back to where it was. */
export const signInAddress = (returnTo: string): string =>
  `/web/signin?return=${encodeURIComponent(returnTo)}&lang=${spokenLanguage()}`;

export const home = "/referrals/received";

/** Where somebody's day begins: at the queue, or at the calls where that is all they do. */
export const homeOf = (areas: readonly string[]): string => (areas.includes("work") || !areas.includes("reports") ? home : "/reports");

/** Ends the session even while the page is being left; where that fails, as soon as there is a connection. */
export async function endSession(): Promise<Response | undefined> {
  seen.forget();
  localStorage.setItem(due, "");
  try {
    const ended = await fetch("/web/signout", { method: "POST", headers: { "X-NRS": "1" }, credentials: "same-origin", keepalive: true });
    localStorage.removeItem(due);
    return ended;
  } catch {
    return undefined;
  }
}

/** Signs out here, and where the sign-in happened when that is another server. What she kept on this phone goes too. */
export function useSignOut(): (worker: string) => Promise<void> {
  const cache = useQueryClient();
  return async (worker) => {
    const { forget } = await import("#drafts/sealed.ts");
    await forget(worker);
    const ended = await endSession();
    const { next } = ended?.ok ? ((await ended.json()) as { next: string | null }) : { next: null };
    cache.clear();
    location.assign(next ?? "/");
  };
}

/** An agency in which the worker may act; one with several chooses at the start of a session. */
export type Membership = { agencyId: string; nameEn: string; nameUr: string };

export async function readMemberships(): Promise<Membership[]> {
  const session = await fetch("/web/session", { credentials: "same-origin" });
  return ((await session.json()) as { memberships: Membership[] }).memberships;
}

export async function actIn(agencyId: string): Promise<void> {
  await fetch(`/web/session/${agencyId}`, { method: "PUT", headers: { "X-NRS": "1" }, credentials: "same-origin" });
}
