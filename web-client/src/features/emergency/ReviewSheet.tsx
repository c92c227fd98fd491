import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { WordsSheet } from "#parts/WordsSheet.tsx";
import { type Answer, useReview } from "./emergency.ts";

type Props = { id: string; etag: string; answer: Answer; onClose: () => void; onDone: () => void };

/** The consequence first; all but "it was right" says a line. */
export function ReviewSheet({ id, etag, answer, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const cache = useQueryClient();
  const review = useReview(id, etag);
  return (
    <WordsSheet
      verb={t(`emergency.act_${answer}` as TextId)} about={t(`emergency.about_${answer}` as TextId)} sending={review} onClose={onClose}
      asks={answer === "justified" ? undefined : { label: t("emergency.line"), lines: 3, lacks: t("emergency.lacks_line") }}
      onSend={(line) => review.mutate({ answer, ...(line && { line }) }, {
        onSuccess: onDone,
        // Somebody was faster, or it ended meanwhile: the page behind shows what.
        onError: ({ status }) => void ((status === 409 || status === 412) && cache.invalidateQueries({ queryKey: ["break-glass", id] })),
      })}
    />
  );
}
