import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Group, useAskToPart } from "./groups.ts";

/** A supervisor has said no, or wants to know more: the question again, with the reason. */
export function AskSheet({ read, onClose }: { read: Tagged<Group>; onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const ask = useAskToPart(read.value.id);
  const [words, setWords] = useState("");
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && !words.trim() ? { words: t("groups.lacks_words") } : {};
  return (
    <Sheet
      title={t("groups.ask")} verb={t("groups.ask")} busy={ask.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (words.trim()) {
          ask.mutate({ etag: read.etag, words: words.trim() }, { onSuccess: onClose });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {ask.error && <Banner kind="warning" live>{sentence(ask.error)}</Banner>}
      <TextField name="words" label={t("groups.words")} mistake={mistakes["words"]} lines={4} value={words} onChange={setWords} />
    </Sheet>
  );
}
