import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Waiting } from "#ui/States.tsx";
import { type Problem, useProblemText } from "./problems.ts";

type Props<T> = { query: UseQueryResult<T, Problem>; children: (data: T) => ReactNode };

/** The data when it is there; otherwise what the screen says meanwhile, or why not. */
export function Loaded<T>({ query, children }: Props<T>): ReactNode {
  if (query.data !== undefined) {
    return children(query.data);
  }
  return query.error ? <ProblemView problem={query.error} retry={() => void query.refetch()} /> : <Waiting />;
}

/** One text for what is missing and what is hidden; a way on for everything else. */
export function ProblemView({ problem, retry }: { problem: Problem; retry?: () => void }): ReactNode {
  const sentence = useProblemText();
  const final = problem.status === 404 || problem.status === 403;
  return (
    <Failure
      key={problem.traceId}
      sentence={sentence(problem)} traceId={problem.traceId} retryAfter={problem.retryAfter}
      onRetry={final ? undefined : retry}
    />
  );
}
