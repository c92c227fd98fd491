import createClient, { type Middleware } from "openapi-fetch";
import { spokenLanguage } from "#i18n/i18n.tsx";
import type { paths } from "./generated.ts";
import { Problem } from "./problems.ts";
import { reached, unreached } from "./reach.ts";
import { seen } from "./seen.ts";

const habits: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", spokenLanguage());
    if (request.method !== "GET") {
      // Another site can make the browser send our cookie, but not this header.
      request.headers.set("X-NRS", "1");
    }
    return request;
  },
};

/** Milliseconds after which a connection that says nothing is none. */
export const patience = 60_000;

// The call looks fetch up each time, so that tests can stand at the wire.
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  cache: "no-store",
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(patience) }),
});
api.use(habits);

export type Reply<T> = { data?: T; error?: unknown; response: Response };

/** What the server answered, or a `Problem`. */
export async function answer<T>(reply: Promise<Reply<T>>): Promise<T> {
  return (await received(reply)).data as T;
}

export type Tagged<T> = { value: T; etag: string };

/** The answer with the version it was read at, for the `If-Match` of the change that may follow. */
export async function tagged<T>(reply: Promise<Reply<T>>): Promise<Tagged<T>> {
  const { data, response } = await received(reply);
  return { value: data as T, etag: response.headers.get("ETag") ?? "" };
}

/** A list with the tag of what stands in it, kept where the list is kept: in memory, and gone with it. */
export type Held<T> = T & { etag?: string | undefined };
export type Asks = { "If-None-Match"?: string };

/** The same list again: what has not changed is not sent, and what is held stays as it is. */
export async function again<T extends object>(held: Held<T> | undefined, ask: (header: Asks) => Promise<Reply<T>>): Promise<Held<T>> {
  const reply = await received(ask(held?.etag ? { "If-None-Match": held.etag } : {}), unchanged);
  return held && reply.response.status === unchanged ? held : { ...(reply.data as T), etag: reply.response.headers.get("ETag") ?? undefined };
}

/** The same of one thing that has a version. */
export async function taggedAgain<T>(held: Tagged<T> | undefined, ask: (header: Asks) => Promise<Reply<T>>): Promise<Tagged<T>> {
  const { data, response } = await received(ask(held?.etag ? { "If-None-Match": held.etag } : {}), unchanged);
  return held && response.status === unchanged ? held : { value: data as T, etag: response.headers.get("ETag") ?? "" };
}

const unchanged = 304;

async function received<T>(reply: Promise<Reply<T>>, expected?: number): Promise<Reply<T>> {
  const askedAt = performance.now();
  let got: Reply<T>;
  try {
    got = await reply;
  } catch (fault) {
    // fetch rejects with a TypeError when nothing came back at all.
    throw fault instanceof TypeError || (fault instanceof DOMException && fault.name === "TimeoutError") ? unreached(askedAt) : fault;
  }
  reached();
  if (!got.response.ok && got.response.status !== expected) {
    const problem = Problem.of(got.response, got.error);
    if (problem.isSignedOut) {
      // Whoever is signed in no more does not open the phone without a connection either.
      seen.forget();
    }
    throw problem;
  }
  return got;
}
