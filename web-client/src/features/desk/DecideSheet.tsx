import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { TextId } from "#i18n/ids.ts";
import { useText, useTextIfAny } from "#i18n/i18n.tsx";
import { WordsSheet } from "#parts/WordsSheet.tsx";
import { type Approval, type Decision, useDecide } from "./desk.ts";

type Props = { approval: Approval; decision: Decision; onClose: () => void; onDone: () => void };

/** The consequence first; a no says a line to whoever asked. */
export function DecideSheet({ approval, decision, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const cache = useQueryClient();
  const decide = useDecide(approval.id);
  return (
    <WordsSheet
      verb={t(`desk.act_${decision}` as TextId)} sending={decide} onClose={onClose}
      about={(decision === "approve" ? say(`desk.about_approve_${approval.kind}`) : undefined) ?? t(`desk.about_${decision}` as TextId)}
      asks={decision === "approve" ? undefined : { label: t(`desk.line_${decision}` as TextId), lines: 3, lacks: t(`desk.lacks_${decision}` as TextId) }}
      onSend={(line) => decide.mutate({ decision, ...(line && { line }) }, {
        onSuccess: onDone,
        // Somebody was faster: the page behind shows what was decided.
        onError: ({ status }) => void (status === 409 && cache.invalidateQueries({ queryKey: ["approval", approval.id] })),
      })}
    />
  );
}
