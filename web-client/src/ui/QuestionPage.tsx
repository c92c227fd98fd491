import { type ReactNode, useRef } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "./Button.tsx";
import { ErrorSummary, type Mistakes } from "./Field.tsx";
import { BackButton, useHeadingFocus, useTitle } from "./Page.tsx";

type Props = {
  question: string;
  tabTitle: string;
  hint?: ReactNode;
  progress?: string;
  mistakes?: Mistakes;
  /** Counts the attempts to go on, so that the summary takes focus again. */
  attempt?: number;
  back: () => void;
  saveAndLeave?: () => void;
  /** Present when the question is answered by more than one tap. */
  onContinue?: () => void;
  continueLabel?: string;
  busy?: boolean;
  children: ReactNode;
};

/** One question a screen; its legend is the heading. */
export function QuestionPage(props: Props): ReactNode {
  const { question, tabTitle, hint, progress, mistakes = {}, attempt = 0, back, saveAndLeave, onContinue, busy = false, children } = props;
  const t = useText();
  const heading = useHeadingFocus();
  const form = useRef<HTMLFormElement>(null);
  useTitle(tabTitle, Object.keys(mistakes).length > 0);
  return (
    <main id="main" className="main question">
      <BackButton onPress={back} />
      <form
        ref={form} noValidate className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) {
            onContinue?.();
          }
        }}
      >
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        {progress && <p className="progress">{progress}</p>}
        <fieldset className="stack">
          <legend><h1 ref={heading} tabIndex={-1}>{question}</h1></legend>
          {hint && <div className="quiet">{hint}</div>}
          {children}
        </fieldset>
        {onContinue && <div className="go-on"><Button type="submit" kind="primary" busy={busy}>{props.continueLabel ?? t("ui.continue")}</Button></div>}
      </form>
      {saveAndLeave && <Button kind="plain" onClick={saveAndLeave}>{t("ui.save_for_later")}</Button>}
    </main>
  );
}
