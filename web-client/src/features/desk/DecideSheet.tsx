import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText, useTextIfAny } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Approval, type Decision, useDecide } from "./desk.ts";

type Props = { approval: Approval; decision: Decision; onClose: () => void; onDone: () => void };

/** The consequence first; a no says a line to whoever asked. What was typed stays through every refusal. */
export function DecideSheet({ approval, decision, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const sentence = useProblemText();
  const cache = useQueryClient();
  const decide = useDecide(approval.id);
  const [line, setLine] = useState("");
  const [attempt, setAttempt] = useState(0);
  const needsLine = decision !== "approve";
  const said = line.trim();
  const mistakes: Mistakes = attempt > 0 && needsLine && !said ? { line: t(`desk.lacks_${decision}` as TextId) } : {};
  const verb = t(`desk.act_${decision}` as TextId);
  return (
    <Sheet
      title={verb} verb={verb} busy={decide.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (!needsLine || said) {
          decide.mutate({ decision, ...(said && { line: said }) }, {
            onSuccess: onDone,
            // Somebody was faster: the page behind shows what was decided.
            onError: ({ status }) => void (status === 409 && cache.invalidateQueries({ queryKey: ["approval", approval.id] })),
          });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {decide.error && <Banner kind="warning" live>{sentence(decide.error)}</Banner>}
      <p className="quiet">{(decision === "approve" ? say(`desk.about_approve_${approval.kind}`) : undefined) ?? t(`desk.about_${decision}` as TextId)}</p>
      {needsLine && <TextField name="line" label={t(`desk.line_${decision}` as TextId)} lines={3} value={line} mistake={mistakes["line"]} onChange={setLine} />}
    </Sheet>
  );
}
