import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { BasisView } from "#api/shapes.ts";
import { localMinute } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, Field, fieldMistakes, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Effect } from "./TakeBack.tsx";
import { type Move, useMoveBasis } from "./unasked.ts";

export type MoveAction = Move["action"];

type Props = { id: string; basis: BasisView; action: MoveAction; asksEffect: boolean; onClose: () => void; onDone: () => void };

const reasons = ["order_ended", "not_needed"] as const;

/** What a court said, or why it ends; what shuts is shown before anything is written. */
export function MoveBasis({ id, basis, action, asksEffect, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const verb = useLabel("basis_action")(action);
  const reasonWord = useLabel("withdrawal_reason");
  const move = useMoveBasis(id, basis.id);
  const [today] = useState(() => localMinute(new Date()).slice(0, 10));
  const [orderedOn, setOrderedOn] = useState("");
  const [reason, setReason] = useState<(typeof reasons)[number]>();
  const [attempt, setAttempt] = useState(0);
  const ends = action === "end";
  const isReady = ends ? reason !== undefined : orderedOn !== "";
  const mistakes: Mistakes = {
    ...fieldMistakes(move.error),
    ...(attempt > 0 && !isReady && (ends ? { reason: t("victims.lacks_end_reason") } : { orderedOn: t("victims.lacks_ordered_on") })),
  };
  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (isReady) {
      move.mutate(ends ? { action, body: { reason: reason ?? "not_needed" } } : { action, body: { orderedOn } }, {
        onSuccess: () => {
          onDone();
          onClose();
        },
      });
    }
  };
  return (
    <Sheet title={verb} verb={verb} danger={action !== "resume"} busy={move.isPending} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {move.error && move.error.fields.length === 0 && <Banner kind="warning" live>{sentence(move.error)}</Banner>}
      <p className="quiet">{t(`victims.about_${action}` as TextId)}</p>
      {ends
        ? <Ticks name="reason" kind="radio" legend={t("victims.end_why")} mistake={mistakes["reason"]} options={reasons.map((value) => ({ value, label: reasonWord(value) }))} ticked={reason ? [reason] : []} onChange={([one]) => one && setReason(one)} />
        : (
          <Field name="orderedOn" label={t("victims.ordered_on")} mistake={mistakes["orderedOn"]}>
            {(control) => <input {...control} type="date" dir="ltr" max={today} value={orderedOn} onChange={(event) => setOrderedOn(event.target.value)} />}
          </Field>
        )}
      {asksEffect && action !== "resume" && <Effect id={id} basisId={basis.id} groups={undefined} />}
    </Sheet>
  );
}
