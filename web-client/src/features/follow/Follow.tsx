import { type ReactNode, useState } from "react";
import type { Problem } from "#api/problems.ts";
import { useProblemText } from "#api/problems.ts";
import { changeLanguage, useText } from "#i18n/i18n.tsx";
import { awaited } from "#i18n/languages.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { type Feedback, type Message, useFeedback, useSay, useStatus } from "./follow.ts";

/** For whoever holds a code: three words of how far it is, and a way to answer. Nothing here names anybody. */
export default function Follow(): ReactNode {
  const t = useText();
  const [code, setCode] = useState("");
  const [attempt, setAttempt] = useState(0);
  const status = useStatus();
  const mistakes: Mistakes = attempt === 0 ? {} : !code.trim() || isMistyped(status.error) ? { followCode: t("follow.mistyped") } : {};
  return (
    <Page title={t("follow.title")} wrong={Object.keys(mistakes).length > 0} lead={<><p className="quiet">{t("follow.lead")}</p><OtherLanguages /></>}>
      <form
        noValidate className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setAttempt(attempt + 1);
          if (code.trim()) {
            status.mutate(code.trim());
          }
        }}
      >
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        <Trouble problem={status.error} />
        <TextField
          name="followCode" kind="name" label={t("follow.code")} hint={t("follow.code_hint")} mistake={mistakes["followCode"]} value={code}
          onChange={(typed) => {
            status.reset();
            setCode(typed);
          }}
        />
        <div><Button type="submit" kind={status.data ? "secondary" : "primary"} busy={status.isPending}>{t("follow.ask")}</Button></div>
      </form>
      {status.data && (
        <>
          <Banner kind="info" live><p><strong>{t(`follow.status_${status.data}`)}</strong></p></Banner>
          <Say code={code.trim()} />
          <HowItWent code={code.trim()} />
        </>
      )}
    </Page>
  );
}

/** Of the languages that nobody has approved yet: Urdu instead, and a word about it. */
function OtherLanguages(): ReactNode {
  const t = useText();
  const [wanted, setWanted] = useState<string>();
  return (
    <>
      <p>
        {Object.entries(awaited).map(([code, name]) => (
          <Button key={code} kind="plain" lang={code} onClick={() => { setWanted(name); void changeLanguage("ur"); }}>{name}</Button>
        ))}
      </p>
      {wanted && <Banner kind="info" live><p>{t("follow.not_yet", { language: wanted })}</p></Banner>}
    </>
  );
}

const isMistyped = (problem: Problem | null): boolean => problem?.fields.some(({ code }) => code === "mistyped") ?? false;

function Trouble({ problem }: { problem: Problem | null }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  return problem && problem.fields.length === 0
    ? <Banner kind="warning" live>{problem.status === 429 ? t("follow.slow") : sentence(problem)}</Banner>
    : null;
}

const kinds = ["message", "call_back", "stop"] as const satisfies readonly Message["kind"][];

function Say({ code }: { code: string }): ReactNode {
  const t = useText();
  const [kind, setKind] = useState<(typeof kinds)[number]>("message");
  const [text, setText] = useState("");
  const [attempt, setAttempt] = useState(0);
  const say = useSay();
  const lacking = kind === "message" && !text.trim();
  const mistake = attempt > 0 && lacking ? t("follow.lacks_words") : undefined;
  return (
    <form
      noValidate className="stack card"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (!lacking) {
          say.mutate({ followCode: code, kind, ...(text.trim() && { text: text.trim() }) }, {
            onSuccess: () => {
              setText("");
              setAttempt(0);
            },
          });
        }
      }}
    >
      <h2>{t("follow.say")}</h2>
      <Trouble problem={say.error} />
      <Ticks
        name="kind" kind="radio" legend={t("follow.what")} ticked={[kind]} options={kinds.map((value) => ({ value, label: t(`follow.kind_${value}`) }))}
        onChange={([chosen]) => {
          say.reset();
          setKind(chosen ?? kind);
        }}
      />
      <TextField
        name="text" lines={4} label={t("follow.words")} {...(kind === "call_back" && { hint: t("follow.call_hint") })} mistake={mistake} value={text}
        onChange={(typed) => {
          say.reset();
          setText(typed);
        }}
      />
      <div><Button type="submit" busy={say.isPending}>{t("follow.send")}</Button></div>
      {say.isSuccess && <Banner kind="good" live>{t("follow.sent")}</Banner>}
    </form>
  );
}

const questions = ["wasHeard", "wasHelped", "feltSafe", "wouldAskAgain"] as const;
const answers = ["yes", "no", "not_sure"] as const;

function HowItWent({ code }: { code: string }): ReactNode {
  const t = useText();
  const [given, setGiven] = useState<Pick<Feedback, (typeof questions)[number]>>({});
  const [attempt, setAttempt] = useState(0);
  const feedback = useFeedback();
  // Two forms stand here: whoever sends the empty one meant the other.
  const lacking = Object.keys(given).length === 0;
  return (
    <form
      noValidate className="stack card"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (!lacking) {
          feedback.mutate({ followCode: code, ...given });
        }
      }}
    >
      <h2>{t("follow.how")}</h2>
      <p className="quiet">{t("follow.how_hint")}</p>
      <Trouble problem={feedback.error} />
      {questions.map((question, index) => {
        const answer = given[question];
        return (
          <Ticks
            key={question} name={question} kind="radio" legend={t(`follow.${question}`)} mistake={attempt > 0 && lacking && index === 0 ? t("follow.lacks_answer") : undefined}
            ticked={answer ? [answer] : []} options={answers.map((value) => ({ value, label: t(`follow.${value}`) }))}
            onChange={([chosen]) => {
              feedback.reset();
              setGiven({ ...given, ...(chosen && { [question]: chosen }) });
            }}
          />
        );
      })}
      <div><Button type="submit" busy={feedback.isPending}>{t("follow.send")}</Button></div>
      {feedback.isSuccess && <Banner kind="good" live>{t("follow.sent")}</Banner>}
    </form>
  );
}
