import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { type Finding, type Handover, useConfirm, useSettle } from "./handovers.ts";

type Props = { referralId: string; handover: Handover };

/** The count of the other side. The number of the first side is on the page and not in the field: each counts for itself. */
export function Confirm({ referralId, handover, onDone }: Props & { onDone: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const confirm = useConfirm(referralId, handover.id);
  const [children, setChildren] = useState("");
  const [isThere, setIsThere] = useState<"yes" | "no">();
  const [note, setNote] = useState("");
  const [attempt, setAttempt] = useState(0);
  const lacks: Mistakes = {
    ...(!/^\d{1,3}$/.test(children) && { children: t("handovers.lacks_children") }),
    ...(!isThere && { isThere: t("handovers.lacks_is_there") }),
  };
  const mistakes = attempt > 0 ? lacks : {};
  return (
    <form
      noValidate className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (Object.keys(lacks).length === 0 && !confirm.isPending) {
          // Once it is confirmed there is nothing to confirm, and this form is gone before it is told.
          void confirm.mutateAsync({ children: Number(children), isThere: isThere === "yes", note: note.trim() || null })
            .then((after) => after.state === "agreed" && onDone(), () => undefined);
        }
      }}
    >
      <h3>{t("handovers.confirm_title")}</h3>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {confirm.error && <Banner kind="warning" live>{sentence(confirm.error)}</Banner>}
      <Ticks
        name="isThere" kind="radio" legend={t("handovers.is_there")} mistake={mistakes["isThere"]} ticked={isThere ? [isThere] : []} onChange={([one]) => setIsThere(one)}
        options={[{ value: "yes", label: t("parts.yes") }, { value: "no", label: t("parts.no"), hint: t("handovers.no_hint") }]}
      />
      <TextField name="children" kind="digits" short label={t("handovers.you_counted")} mistake={mistakes["children"]} value={children} onChange={setChildren} />
      <TextField name="note" lines={2} label={t("handovers.differs")} hint={t("handovers.differs_hint")} value={note} onChange={setNote} />
      <Button type="submit" kind="primary" busy={confirm.isPending}>{t("handovers.confirm")}</Button>
    </form>
  );
}

export function Settle({ referralId, handover }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const label = useLabel("handover_finding");
  const settle = useSettle(referralId, handover.id);
  const [finding, setFinding] = useState<Finding>();
  const [note, setNote] = useState("");
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && !finding ? { finding: t("handovers.lacks_finding") } : {};
  return (
    <form
      noValidate className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (finding && !settle.isPending) {
          settle.mutate({ finding, note: note.trim() || null });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {settle.error && <Banner kind="warning" live>{sentence(settle.error)}</Banner>}
      <Ticks
        name="finding" kind="radio" legend={t("handovers.what_explains")} mistake={mistakes["finding"]} ticked={finding ? [finding] : []} onChange={([one]) => setFinding(one)}
        options={handover.findings.map((code) => ({ value: code, label: label(code) }))}
      />
      <TextField name="note" lines={2} label={t("handovers.note")} value={note} onChange={setNote} />
      <Button type="submit" kind="primary" busy={settle.isPending}>{t("handovers.settle")}</Button>
    </form>
  );
}
