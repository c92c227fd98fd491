import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Problem, useProblemText } from "#api/problems.ts";
import { useName, useOptions } from "#api/reference.ts";
import type { Tagged } from "#api/client.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { StaysOrLeaves, type StaysAnswer } from "./StaysOrLeaves.tsx";
import { type End, type Transfer, useEnd } from "./transfers.ts";

export type EndAction = End["action"];

type Props = { action: EndAction; read: Tagged<Transfer>; onClose: () => void; onDone: (after: Transfer | undefined) => void };

/** An agency takes over what is offered to it; whom it is asked of gives. */
export const verbOf = (action: EndAction, { askedBy }: Transfer): TextId =>
  (action === "decline" ? "transfers.act_decline" : `transfers.act_${action}_${askedBy}`) as TextId;

/** The consequence first, then what the answer needs. What was chosen stays through every refusal. */
export function EndSheet({ action, read, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const name = useName();
  const cache = useQueryClient();
  const sentence = useProblemText();
  const transfer = read.value;
  const end = useEnd(transfer.id);
  const reasons = useOptions("transfer_decline_reason");
  const [reason, setReason] = useState<string>();
  const [stays, setStays] = useState<StaysAnswer>();
  const [attempt, setAttempt] = useState(0);
  const asksStays = action === "accept" && transfer.askedBy === "request";
  const lacks: Mistakes = {
    ...(action === "decline" && !reason && { reason: t("transfers.lacks_reason") }),
    ...(asksStays && !stays && { stays: t("transfers.lacks_stays") }),
  };
  const mistakes: Mistakes = attempt > 0 ? lacks : {};
  const verb = t(verbOf(action, transfer));

  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (Object.keys(lacks).length > 0) {
      return;
    }
    const { etag } = read;
    const asked: End = action === "decline" ? { action, etag, reason: reason as (End & { action: "decline" })["reason"] }
      : action === "accept" ? { action, etag, ...(asksStays && { stays: stays === "stays" }) }
      : { action, etag };
    end.mutate(asked, {
      onSuccess: onDone,
      onError: (problem: Problem) => {
        if (problem.status === 412 || problem.status === 409) {
          // The sheet stays open over the newest state: the next press carries its version.
          void cache.invalidateQueries({ queryKey: ["transfer", transfer.id] });
        }
      },
    });
  };

  return (
    <Sheet title={verb} verb={verb} busy={end.isPending} danger={false} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {end.error && <Banner kind="warning" live>{sentence(end.error)}</Banner>}
      <p className="quiet">{t(`transfers.about_${action}_${transfer.askedBy}` as TextId, { from: name(transfer.from), to: name(transfer.to) })}</p>
      {asksStays && <StaysOrLeaves chosen={stays} mistake={mistakes["stays"]} onChoose={setStays} />}
      {action === "decline" && (
        <Ticks
          name="reason" kind="radio" legend={t("transfers.why_decline")} mistake={mistakes["reason"]} ticked={reason ? [reason] : []} onChange={([one]) => setReason(one)}
          options={reasons}
        />
      )}
    </Sheet>
  );
}
