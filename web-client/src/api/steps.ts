import { spokenLanguage } from "#i18n/i18n.tsx";
import { answer, patience } from "./client.ts";
import { unreached } from "./reach.ts";

/** One POST as it is written down before it is sent: sent again it is the same, byte for byte, so that the server knows it. */
export type Step = { path: string; body: string; key: string };

export const stepOf = <Body extends object>(path: string, body: Body, key: string): Step => ({ path, body: JSON.stringify(body), key });

/** What the server answered, or a `Problem`. */
export const take = <T>(step: Step): Promise<T> => answer<T>(post(step));

async function post<T>({ path, body, key }: Step): Promise<{ data?: T; error?: unknown; response: Response }> {
  const askedAt = performance.now();
  const response = await fetch(path, {
    method: "POST", body, cache: "no-store", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(patience),
    headers: { "Content-Type": "application/json", "Accept-Language": spokenLanguage(), "X-NRS": "1", "Idempotency-Key": key },
  });
  const said = response.headers.get("Content-Type")?.includes("json") ? read(await response.text()) : undefined;
  if (response.ok && said === undefined) {
    // Every step is answered in JSON: a page that asks to pay for the network is not from our server.
    throw unreached(askedAt);
  }
  return response.ok ? { data: said as T, response } : { error: said, response };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
