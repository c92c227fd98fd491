import { type QueryClient, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { MouseEvent } from "react";
import { spokenLanguage } from "#i18n/i18n.tsx";
import { answer, api } from "./client.ts";
import { Problem } from "./problems.ts";
import { unreached } from "./reach.ts";
import { seen } from "./seen.ts";
import type { Me } from "./shapes.ts";

let begun: Promise<Me> | undefined;

const readMe = (): Promise<Me> => answer(api.GET("/api/v1/me"));

/** Asked while the words load; and nobody without a session asks who they are, only to be refused. */
export function beginSession(): void {
  const signedIn = readSession().then(stays).catch(() => true);
  begun = signedIn.then((is) => {
    if (!is) {
      seen.forget();
      throw Problem.signIn();
    }
    return readMe();
  });
  begun.catch(() => undefined);
}

/** Its end is fixed when it begins, so that it also tells one session from the next. */
type Session = { signedIn: boolean; endsAt: string | null; memberships: Membership[] };
let current = "";

async function readSession(): Promise<Session> {
  const askedAt = performance.now();
  const session = await fetch("/web/session", { credentials: "same-origin" }).catch(() => {
    throw unreached(askedAt);
  });
  return (await session.json()) as Session;
}

/** A session that was to end while there was no connection ends now; one that somebody began since does not. */
async function stays({ signedIn, endsAt }: Session): Promise<boolean> {
  const mark = localStorage.getItem(due);
  current = endsAt ?? "";
  if (mark === null) {
    return signedIn;
  }
  if (signedIn && (mark === "" || mark === current)) {
    await endSession();
    return false;
  }
  localStorage.removeItem(due);
  return signedIn;
}

const due = "end-session";

/** Whether a session has still to be ended at the server. */
const isDue = (): boolean => localStorage.getItem(due) !== null;

const soon = 8000;

/** Without a connection, or with one that says nothing, it is who was here last, while the phone is still in her hand. */
async function whoAmI(asked: Promise<Me>): Promise<Me> {
  const kept = import("#drafts/kept.ts");
  const wasHere = async (): Promise<Me | undefined> => (seen.isFresh() && !isDue() ? kept.then(({ keptMe }) => keptMe()).catch(() => undefined) : undefined);
  try {
    const me = await Promise.race([asked, new Promise<undefined>((late) => setTimeout(late, soon))]);
    if (!me) {
      const assumed = await wasHere();
      return await (assumed ? Promise.race([asked, assumed]) : asked);
    }
    return me;
  } catch (fault) {
    const me = fault instanceof Problem && fault.status === 0 ? await wasHere() : undefined;
    if (me) {
      return me;
    }
    throw fault;
  }
}

/** Who it is by the word of the server, early or late: never on as somebody else, and what one worker read is not for the next. */
async function meet(cache: QueryClient, asked: Promise<Me>): Promise<void> {
  const me = await asked;
  await import("#drafts/kept.ts").then(({ keepMe }) => keepMe(me)).catch(() => undefined);
  const assumed = cache.getQueryData<Me>(["me"]);
  if (assumed && assumed.id !== me.id) {
    cache.setQueryData(["me"], me);
    await cache.resetQueries({ predicate: ({ queryKey: [first] }) => first !== "me" });
  }
}

/** Who is signed in, in which agency, and which areas of the client are theirs. A 401 means nobody is. */
export function useMe(): UseQueryResult<Me, Problem> {
  return useQuery<Me, Problem>({
    queryKey: ["me"],
    queryFn: ({ client }) => {
      const asked = begun ?? readMe();
      begun = undefined;
      meet(client, asked).catch(() => undefined);
      return whoAmI(asked);
    },
    staleTime: 60_000,
  });
}

/** The server brings the browser back to where it was. */
export const signInAddress = (returnTo: string): string =>
  `/web/signin?return=${encodeURIComponent(returnTo)}&lang=${spokenLanguage()}`;

/** In a tab of its own, so that what is written in this one stays; whoever is remembered is asked for the password all the same. */
export const signInAgainAddress = (): string => `${signInAddress("/signed-in")}&prompt=login`;

/**
 * Who is signed in by now, where that may have changed in another tab. Somebody else begins anew: what one worker read or wrote
 * is not for the next.
 * @returns Whether it is who it was.
 */
export async function isStillHere(cache: QueryClient): Promise<boolean> {
  const before = cache.getQueryData<Me>(["me"]);
  current = (await readSession()).endsAt ?? "";
  const asked = readMe();
  await meet(cache, asked);
  return (await asked).id === before?.id;
}

export const home = "/referrals/received";

/** Where a day can begin, the first that is somebody's own: the queue, the calls, the places, the journal. */
const beginnings = [["work", home], ["reports", "/reports"], ["places", "/places"], ["audit", "/audit"]] as const;

/** Where somebody's day begins; the news are everybody's. */
export const homeOf = (areas: readonly string[]): string => beginnings.find(([area]) => areas.includes(area))?.[1] ?? "/notices";

/** Whoever takes calls has cases, but no referrals: asking for them would only be refused. */
export const readsReferrals = (areas: readonly string[]): boolean => areas.includes("work") || areas.includes("desk");

/** Ends the session even while the page is being left; where that fails, as soon as there is a connection. */
export async function endSession(): Promise<Response | undefined> {
  seen.forget();
  localStorage.setItem(due, current);
  try {
    const ended = await fetch("/web/signout", { method: "POST", headers: { "X-NRS": "1" }, credentials: "same-origin", keepalive: true });
    if (ended.ok) {
      localStorage.removeItem(due);
    }
    return ended;
  } catch {
    return undefined;
  }
}

/** Where ending it failed before: as soon as there is a connection. */
export async function endIfDue(): Promise<void> {
  if (isDue()) {
    await endSession();
  }
}

/** On the link that signs in: the session that is due ends first, or the new one would be taken for it. */
export function endFirst(event: MouseEvent<HTMLAnchorElement>): void {
  const { href } = event.currentTarget;
  if (isDue()) {
    event.preventDefault();
    void Promise.race([endSession(), new Promise((late) => setTimeout(late, soon))]).then(() => location.assign(href));
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

export const readMemberships = async (): Promise<Membership[]> => (await readSession()).memberships;

export async function actIn(agencyId: string): Promise<void> {
  await fetch(`/web/session/${agencyId}`, { method: "PUT", headers: { "X-NRS": "1" }, credentials: "same-origin" });
}
