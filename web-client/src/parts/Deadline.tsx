import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage } from "#i18n/i18n.tsx";
import { ClockChip } from "#ui/Chips.tsx";

export type Clock = components["schemas"]["ClockItem"];

/** By deadline, ids and codes only: they stay when the thing itself can no longer be seen. */
export function useClocks(): UseQueryResult<Clock[], Problem> {
  return useQuery<Clock[], Problem>({
    queryKey: ["clocks"],
    queryFn: async () => (await answer(api.GET("/api/v1/clocks", { params: { query: { limit: 100 } } }))).items,
    refetchInterval: 60_000,
  });
}

/** Where the thing of a deadline is shown; a victim's own page for all else. */
const places: Record<string, string> = { referral: "referrals", transfer: "transfers", report: "reports", approval: "desk" };

export function useDeadlineWords(): (clock: Clock) => string {
  const kind = useLabel("clock_kind");
  const topic = useLabel("act_before_topic");
  return (clock) => (clock.topic ? topic(clock.topic) : kind(clock.kind));
}

/** One deadline: what for, until when, how late. */
export function Deadline({ clock, act }: { clock: Clock; act?: ReactNode }): ReactNode {
  const language = useLanguage();
  const words = useDeadlineWords()(clock);
  const { subjectKind, subjectId, startedAt, dueAt, state } = clock;
  // What had to be deleted cannot be opened any more.
  const href = clock.kind === "attest_deletion" ? undefined : `/${places[subjectKind] ?? "cases"}/${subjectId}`;
  return (
    <li className="card spread">
      <div className="stack-tight">
        {href ? <Link href={href}>{words}</Link> : <strong>{words}</strong>}
        <p className="quiet small"><time dateTime={dueAt}>{formatMoment(dueAt, language)}</time></p>
      </div>
      <ClockChip startedAt={startedAt} dueAt={dueAt} state={state as "running"} />
      {act}
    </li>
  );
}
