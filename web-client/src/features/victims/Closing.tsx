import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useOptions } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type ClosureDraft, type Reopening, useClose, useClosure, useReopen } from "./closing.ts";

type Props = { victim: VictimView };

/** Why it is closed, and the way back. */
export function Closed({ victim: { id, closedAt, closedReason, may } }: Props): ReactNode {
  const t = useText();
  const language = useLanguage();
  const reason = useLabel("closure_reason");
  const [opening, setOpening] = useState(false);
  return (
    <>
      <Banner kind="info">
        {t("victims.closed_on", { day: closedAt ? formatDate(closedAt, language) : "", reason: reason(closedReason) })}
      </Banner>
      {may.reopen && <div className="row"><Button onClick={() => setOpening(true)}>{t("victims.reopen")}</Button></div>}
      {opening && <Reopen id={id} onClose={() => setOpening(false)} />}
    </>
  );
}

/** One proposes here; another decides at the desk. */
export function Closing({ victim: { id, may } }: Props): ReactNode {
  const t = useText();
  const language = useLanguage();
  const state = useLabel("approval_state");
  const closure = useClosure(id, may.close).data;
  const [asking, setAsking] = useState(false);
  const waits = closure?.state === "open";
  return may.close && (
    <section className="stack-tight" aria-labelledby="closing">
      <h2 id="closing">{t("victims.close_title")}</h2>
      {closure && waits && <Banner kind="info">{t("victims.close_waits", { time: formatMoment(closure.dueAt, language) })}</Banner>}
      {closure && ["sent_back", "refused"].includes(closure.state) && <p className="quiet">{t("victims.close_last", { state: state(closure.state) })}</p>}
      <div className="row">
        {closure && closure.state !== "approved" && <ButtonLink href={`/desk/${closure.id}`}>{t("victims.close_look")}</ButtonLink>}
        {!waits && <Button onClick={() => setAsking(true)}>{t("victims.close")}</Button>}
      </div>
      {asking && <Ask id={id} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Ask({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const close = useClose(id);
  const reasons = useOptions("closure_reason");
  const criteria = useOptions("closure_criterion");
  const [draft, setDraft] = useState<{ reason?: string; criteria: string[]; note: string }>({ criteria: [], note: "" });
  const [attempt, setAttempt] = useState(0);
  const { reason } = draft;
  const note = draft.note.trim();
  const mistakes: Mistakes = attempt > 0 && !reason ? { reason: t("victims.lacks_close_reason") } : {};
  return (
    <Sheet
      title={t("victims.close")} verb={t("victims.close")} busy={close.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (reason) {
          close.mutate({ reason, criteria: draft.criteria, ...(note && { note }) } as ClosureDraft, { onSuccess: onClose });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {close.error && <Banner kind="warning" live>{sentence(close.error)}</Banner>}
      <p className="quiet">{t("victims.close_about")}</p>
      <Ticks
        name="reason" kind="radio" legend={t("victims.close_why")} mistake={mistakes["reason"]} options={reasons} ticked={reason ? [reason] : []}
        onChange={([one]) => one && setDraft({ ...draft, reason: one })}
      />
      <Ticks name="criteria" legend={t("victims.close_criteria")} options={criteria} ticked={draft.criteria} onChange={(ticked) => setDraft({ ...draft, criteria: ticked })} />
      <TextField name="note" label={t("victims.close_note")} lines={3} value={draft.note} onChange={(value) => setDraft({ ...draft, note: value })} />
    </Sheet>
  );
}

function Reopen({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const reopen = useReopen(id);
  const reasons = useOptions("reopen_reason");
  const [reason, setReason] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && !reason ? { reason: t("victims.lacks_reopen_reason") } : {};
  return (
    <Sheet
      title={t("victims.reopen")} verb={t("victims.reopen")} busy={reopen.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (reason) {
          reopen.mutate({ reason } as Reopening, { onSuccess: onClose });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {reopen.error && <Banner kind="warning" live>{sentence(reopen.error)}</Banner>}
      <Ticks name="reason" kind="radio" legend={t("victims.reopen_why")} mistake={mistakes["reason"]} options={reasons} ticked={reason ? [reason] : []} onChange={([one]) => setReason(one)} />
    </Sheet>
  );
}
