import { useLingui } from "@lingui/react";

export type FieldProblem = { pointer: string; code: string; detail?: string | undefined };

/** A refusal as RFC 9457 tells it. Screens decide by `code`, never by the sentence. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly traceId: string | undefined;
  readonly fields: readonly FieldProblem[];
  /** Seconds, when the server named them. */
  readonly retryAfter: number | undefined;
  /** The whole body: some refusals carry facts of their own. */
  readonly facts: Readonly<Record<string, unknown>>;

  private constructor(status: number, facts: Record<string, unknown>, retryAfter?: number) {
    const code = typeof facts["code"] === "string" ? facts["code"] : fallbackCode(status);
    super(code);
    this.status = status;
    this.code = code;
    this.detail = typeof facts["detail"] === "string" ? facts["detail"] : undefined;
    this.traceId = typeof facts["traceId"] === "string" ? facts["traceId"] : undefined;
    this.fields = Array.isArray(facts["errors"]) ? (facts["errors"] as FieldProblem[]) : [];
    this.retryAfter = retryAfter;
    this.facts = facts;
  }

  static of(response: Response, body: unknown): Problem {
    const facts = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    const wait = Number(response.headers.get("Retry-After"));
    return new Problem(response.status, facts, wait > 0 ? wait : undefined);
  }

  /** Nobody is signed in any more. Whoever only has to prove again who they are still is. */
  get isSignedOut(): boolean {
    return this.status === 401 && this.code !== "sign_in_again";
  }

  static signIn(): Problem {
    return new Problem(401, {});
  }

  static offline(): Problem {
    return new Problem(0, { code: "offline" });
  }

  /** There is no connection, and this phone could not keep it either. */
  static notKept(): Problem {
    return new Problem(0, { code: "not_kept" });
  }
}

function fallbackCode(status: number): string {
  switch (status) {
    case 401: return "sign_in";
    case 403: return "not_permitted";
    case 404: return "unknown";
    case 412: return "stale";
    case 429: return "too_many";
    case 502: case 503: case 504: return "unavailable";
    default: return "unexpected";
  }
}

type Told = Pick<Problem, "code"> & { readonly detail?: string | undefined; readonly fields?: readonly FieldProblem[] };

/** One plain sentence: the client's own for a code it knows, otherwise the server's, of each place that it names or of the whole. */
export function useProblemText(): (problem: Told) => string {
  const { i18n } = useLingui();
  return ({ code, detail, fields = [] }) => {
    const own = `problem.${code}`;
    const places = new Set(fields.flatMap((field) => field.detail ?? []));
    return own in i18n.messages ? i18n._(own) : places.size > 0 ? [...places].join(" ") : (detail ?? i18n._("problem.unexpected"));
  };
}
