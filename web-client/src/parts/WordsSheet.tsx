import { type ReactNode, useState } from "react";
import { type Problem, useProblemText } from "#api/problems.ts";
import { Banner } from "#ui/Banner.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";

type Props = {
  verb: string;
  about: string;
  /** What is to be said along with it; undefined: nothing. */
  asks?: { label: string; lines: number; /** What to do while it is missing; undefined: it may be left out. */ lacks?: string } | undefined;
  sending: { isPending: boolean; error: Problem | null };
  /** Trimmed; empty where nothing is asked or said. */
  onSend: (said: string) => void;
  onClose: () => void;
};

/** A verb over its consequence, and what is said along with it. What was typed stays through every refusal. */
export function WordsSheet({ verb, about, asks, sending, onSend, onClose }: Props): ReactNode {
  const sentence = useProblemText();
  const [words, setWords] = useState("");
  const [attempt, setAttempt] = useState(0);
  const said = words.trim();
  const lacks = said ? undefined : asks?.lacks;
  const mistakes: Mistakes = attempt > 0 && lacks ? { words: lacks } : {};
  return (
    <Sheet
      title={verb} verb={verb} busy={sending.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (!lacks) {
          onSend(said);
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {sending.error && <Banner kind="warning" live>{sentence(sending.error)}</Banner>}
      <p className="quiet">{about}</p>
      {asks && <TextField name="words" label={asks.label} lines={asks.lines} value={words} mistake={mistakes["words"]} onChange={setWords} />}
    </Sheet>
  );
}
