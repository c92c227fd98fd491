import { type ReactNode, useState } from "react";
import { choose, type Correction, type Cut, settle, type Side, undecidedIn } from "#drafts/correction.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import type { Mistakes } from "#ui/Field.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";

/** One field as people read it; without a value nothing was written. */
export type Word = { member: string; label: string; value: ReactNode };

type DifferencesProps<T extends object> = {
  correction: Correction<T>;
  words: (value: T) => readonly Word[];
  mistakes: Mistakes;
  onChange: (correction: Correction<T>) => void;
};

/** Where both wrote: what stood there when she began, what stands there now, what she wrote. And what was taken over, to see. */
export function Differences<T extends object>({ correction, words, mistakes, onChange }: DifferencesProps<T>): ReactNode {
  const t = useText();
  const { began, record, mine, clashes, taken, chosen } = correction;
  const [before, theirs, ours] = [began, record, mine].map((value) => new Map(words(value).map((word) => [word.member, word.value])));
  const shown = (value: ReactNode): ReactNode => value || <span className="quiet">{t("parts.nothing_written")}</span>;
  const labels = words(mine);
  const takenOver = labels.filter(({ member }) => taken.includes(member));
  return (
    <>
      <Banner kind="warning" live>{t(clashes.length > 0 ? "parts.changed_both" : "parts.changed_there")}</Banner>
      {labels.filter(({ member }) => clashes.includes(member)).map(({ member, label }) => (
        <section key={member} className="card stack-tight" aria-label={label}>
          <Ticks<Side>
            name={member} kind="radio" legend={label} mistake={mistakes[member]} ticked={chosen[member] ? [chosen[member]] : []}
            options={[
              { value: "record", label: <>{t("parts.in_record")}<span className="said">{shown(theirs?.get(member))}</span></> },
              { value: "mine", label: <>{t("parts.yours")}<span className="said">{shown(ours?.get(member))}</span></> },
            ]}
            onChange={([side]) => side && onChange(choose(correction, member, side))}
          />
          <div className="quiet small">{t("parts.when_begun")} {shown(before?.get(member))}</div>
        </section>
      ))}
      {takenOver.length > 0 && (
        <section className="stack-tight" aria-labelledby="taken-over">
          <h2 id="taken-over">{t("parts.taken_over")}</h2>
          <CheckAnswers facts={takenOver.map(({ label, value }) => ({ label, value: shown(value) }))} />
        </section>
      )}
    </>
  );
}

type Choosing<T extends object> = { mistakes: Mistakes; attempt: number; decide: (then: (settled: Correction<T>) => void) => void };

/** Nothing is saved before she has chosen about each field. */
export function useChoosing<T extends object>(correction: Correction<T>, cut?: Cut): Choosing<T> {
  const t = useText();
  const [attempt, setAttempt] = useState(0);
  const open = undecidedIn(correction);
  return {
    attempt,
    mistakes: attempt > 0 ? Object.fromEntries(open.map((field) => [field, t("parts.choose_one")])) : {},
    decide: (then) => {
      setAttempt(attempt + 1);
      if (open.length === 0) {
        then(settle(correction, cut));
      }
    },
  };
}

type PageProps<T extends object> = Omit<DifferencesProps<T>, "mistakes"> & {
  cut?: Cut; tabTitle: string; busy: boolean; back: () => void; saveAndLeave: () => void;
  /** Given what she chose, with the version to save over. */
  save: (settled: Correction<T>) => void;
  /** To write more, with what she chose so far. */
  edit: (settled: Correction<T>) => void;
};

/** Somebody else was faster: she chooses field by field, and saves. */
export function ConflictPage<T extends object>({ correction, words, cut, tabTitle, busy, back, saveAndLeave, save, edit, onChange }: PageProps<T>): ReactNode {
  const t = useText();
  const { mistakes, attempt, decide } = useChoosing(correction, cut);
  return (
    <QuestionPage
      question={t("parts.look_again")} tabTitle={tabTitle} mistakes={mistakes} attempt={attempt} busy={busy}
      back={back} saveAndLeave={saveAndLeave} continueLabel={t("parts.save")} onContinue={() => decide(save)}
    >
      <Differences correction={correction} words={words} mistakes={mistakes} onChange={onChange} />
      <div><Button onClick={() => edit(settle(correction, cut))}>{t("parts.back_to_form")}</Button></div>
    </QuestionPage>
  );
}
