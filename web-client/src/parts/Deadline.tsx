import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { useChange } from "#api/changes.ts";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import { usePolled } from "#api/polled.ts";
import { type Problem, useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { placeOf } from "./places.ts";

export type Clock = components["schemas"]["ClockItem"];

/** By deadline, ids and codes only: they stay when the thing itself can no longer be seen. Of one person with her id. */
export function useClocks(victimId?: string): UseQueryResult<Clock[], Problem> {
  return usePolled<components["schemas"]["PageOfClockItem"], Clock[]>(
    victimId ? ["clocks", victimId] : ["clocks"],
    (header) => api.GET("/api/v1/clocks", { params: { header, query: { limit: 100, ...(victimId && { victimId }) } } }), ({ items }) => items);
}

export function useDeadlineWords(): (clock: Clock) => string {
  const kind = useLabel("clock_kind");
  const topic = useLabel("act_before_topic");
  return (clock) => (clock.topic ? topic(clock.topic) : kind(clock.kind));
}

function useDone(): UseMutationResult<Clock, Problem, string> {
  return useChange<string, Clock>({
    send: (id, key) => answer(api.POST("/api/v1/clocks/{id}/done", { params: { path: { id }, header: { "Idempotency-Key": key(id) } } })),
    refreshes: () => [["clocks"]],
  });
}

/**
 * Deadlines in their order; those that end by the word of the agency say so here.
 * @param ofCase They stand on the page of the one whom they are about.
 */
export function Deadlines({ clocks, ofCase = false }: { clocks: readonly Clock[]; ofCase?: boolean }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const done = useDone();
  const [ending, setEnding] = useState<Clock>();
  const verb = (clock: Clock): string => t(`parts.done_${clock.kind}` as TextId);
  return (
    <>
      <ul className="cards">
        {clocks.map((clock) => <Row key={clock.id} clock={clock} verb={verb(clock)} ofCase={ofCase} end={() => setEnding(clock)} />)}
      </ul>
      {ending && (
        <Sheet
          title={verb(ending)} verb={verb(ending)} busy={done.isPending} danger={false} onClose={() => setEnding(undefined)}
          onConfirm={() => done.mutate(ending.id, { onSuccess: () => setEnding(undefined) })}
        >
          {done.error && <Banner kind="warning" live>{sentence(done.error)}</Banner>}
          <p className="quiet">{t(`parts.about_${ending.kind}` as TextId)}</p>
        </Sheet>
      )}
    </>
  );
}

function Row({ clock, verb, ofCase, end }: { clock: Clock; verb: string; ofCase: boolean; end: () => void }): ReactNode {
  const words = useDeadlineWords()(clock);
  const act = clock.canBeDone && <Button onClick={end}>{verb}<span className="visually-hidden">: {words}</span></Button>;
  const place = placeOf(clock);
  // What had to be deleted cannot be opened any more, and her own page need not lead to itself.
  const href = clock.kind === "attest_deletion" || (ofCase && place === `/cases/${clock.subjectId}`) ? null : place;
  return <Deadline clock={clock} href={href} act={act} />;
}

type DeadlineProps = {
  clock: Clock;
  /** Where it leads; null where nothing can be opened. */
  href: string | null;
  act?: ReactNode;
};

/** One deadline: what for, until when, how late. */
export function Deadline({ clock, href, act }: DeadlineProps): ReactNode {
  const language = useLanguage();
  const words = useDeadlineWords()(clock);
  const { startedAt, dueAt, state } = clock;
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
