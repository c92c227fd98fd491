import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Answer, useReview } from "./emergency.ts";

type Props = { id: string; etag: string; answer: Answer; onClose: () => void; onDone: () => void };

/** The consequence first; all but "it was right" says a line. What was typed stays through every refusal. */
export function ReviewSheet({ id, etag, answer, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const cache = useQueryClient();
  const review = useReview(id, etag);
  const [line, setLine] = useState("");
  const [attempt, setAttempt] = useState(0);
  const needsLine = answer !== "justified";
  const said = line.trim();
  const mistakes: Mistakes = attempt > 0 && needsLine && !said ? { line: t("emergency.lacks_line") } : {};
  const verb = t(`emergency.act_${answer}` as TextId);
  return (
    <Sheet
      title={verb} verb={verb} busy={review.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (!needsLine || said) {
          review.mutate({ answer, ...(said && { line: said }) }, {
            onSuccess: onDone,
            // Somebody was faster, or it ended meanwhile: the page behind shows what.
            onError: ({ status }) => void ((status === 409 || status === 412) && cache.invalidateQueries({ queryKey: ["break-glass", id] })),
          });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {review.error && <Banner kind="warning" live>{sentence(review.error)}</Banner>}
      <p className="quiet">{t(`emergency.about_${answer}` as TextId)}</p>
      {needsLine && <TextField name="line" label={t("emergency.line")} lines={3} value={line} mistake={mistakes["line"]} onChange={setLine} />}
    </Sheet>
  );
}
