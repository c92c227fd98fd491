import { spokenLanguage } from "#i18n/i18n.tsx";
import { answer, patience } from "./client.ts";

/** One POST as it is written down before it is sent: sent again it is the same, byte for byte, so that the server knows it. */
export type Step = { path: string; body: string; key: string };

export const stepOf = <Body extends object>(path: string, body: Body, key: string): Step => ({ path, body: JSON.stringify(body), key });

/** What the server answered, or a `Problem`. */
export const take = <T>(step: Step): Promise<T> => answer<T>(post(step));

async function post<T>({ path, body, key }: Step): Promise<{ data?: T; error?: unknown; response: Response }> {
  const response = await fetch(path, {
    method: "POST", body, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(patience),
    headers: { "Content-Type": "application/json", "Accept-Language": spokenLanguage(), "X-NRS": "1", "Idempotency-Key": key },
  });
  const text = await response.text();
  const said = text && response.headers.get("Content-Type")?.includes("json") ? (JSON.parse(text) as unknown) : undefined;
  return response.ok ? { data: said as T, response } : { error: said, response };
}
