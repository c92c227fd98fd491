import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { Page } from "#ui/Page.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty } from "#ui/States.tsx";
import { type Clock, useClocks, useDone } from "./clocks.ts";

/** Where the thing of a deadline is shown; a victim's own page for all else. */
const places: Record<string, string> = { referral: "referrals", transfer: "transfers", report: "reports", approval: "desk" };

/** Every deadline of the own agency, the next one first; those that end by its word say so here. */
export default function Clocks(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const clocks = useClocks();
  const done = useDone();
  const [ending, setEnding] = useState<Clock>();
  const verb = (clock: Clock): string => t(`clocks.done_${clock.kind}` as TextId);
  return (
    <Page title={t("clocks.title")}>
      <Loaded query={clocks}>
        {(all) => all.length === 0
          ? <Empty>{t("clocks.empty")}</Empty>
          : <ul className="cards">{all.map((clock) => <Row key={clock.id} clock={clock} verb={verb(clock)} end={() => setEnding(clock)} />)}</ul>}
      </Loaded>
      {ending && (
        <Sheet
          title={verb(ending)} verb={verb(ending)} busy={done.isPending} danger={false} onClose={() => setEnding(undefined)}
          onConfirm={() => done.mutate(ending.id, { onSuccess: () => setEnding(undefined) })}
        >
          {done.error && <Banner kind="warning" live>{sentence(done.error)}</Banner>}
          <p className="quiet">{t(`clocks.about_${ending.kind}` as TextId)}</p>
        </Sheet>
      )}
    </Page>
  );
}

function Row({ clock, verb, end }: { clock: Clock; verb: string; end: () => void }): ReactNode {
  const language = useLanguage();
  const kind = useLabel("clock_kind");
  const topic = useLabel("act_before_topic");
  const { subjectKind, subjectId, startedAt, dueAt, state, canBeDone } = clock;
  const words = clock.topic ? topic(clock.topic) : kind(clock.kind);
  // What had to be deleted cannot be opened any more.
  const href = clock.kind === "attest_deletion" ? undefined : `/${places[subjectKind] ?? "cases"}/${subjectId}`;
  return (
    <li className="card spread">
      <div className="stack-tight">
        {href ? <Link href={href}>{words}</Link> : <strong>{words}</strong>}
        <p className="quiet small"><time dateTime={dueAt}>{formatMoment(dueAt, language)}</time></p>
      </div>
      <ClockChip startedAt={startedAt} dueAt={dueAt} state={state as "running"} />
      {canBeDone && <Button onClick={end}>{verb}<span className="visually-hidden">: {words}</span></Button>}
    </li>
  );
}
