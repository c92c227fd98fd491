import { vi } from "vitest";
import { answerTo, blocks, ids, report } from "../../tools/answers.mjs";

export { evidence } from "../../tools/ageAnswers.mjs";
export { answerTo, blocks, ids, report };

export type Sent = { method: string; path: string; query: string; headers: Headers; body: unknown };
type Special = (sent: Sent) => Response | undefined | Promise<Response | undefined>;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ETag: '"1"', ...headers } });

export const problem = (status: number, code: string, more: object = {}): Response => json({ status, code, ...more }, status);

/** Stands where the network would be: invented answers, unless the test has its own; everything sent is kept. */
export function standAtTheWire(special: Special = () => undefined, who?: { areas?: readonly string[] }): Sent[] {
  const log: Sent[] = [];
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.href), init);
    const { pathname, search } = new URL(request.url);
    const isJson = request.headers.get("Content-Type")?.includes("json") !== false;
    const text = await request.text();
    const sent = { method: request.method, path: pathname, query: search, headers: request.headers, body: text ? (isJson ? (JSON.parse(text) as unknown) : text) : undefined };
    log.push(sent);
    const answered = await special(sent);
    if (answered) {
      return answered;
    }
    const usual = answerTo(sent.method, pathname, { ...who, query: search });
    return usual === undefined ? problem(404, "unknown") : json(usual);
  });
  return log;
}
