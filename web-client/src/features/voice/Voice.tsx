import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Paper } from "#parts/Paper.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { StatusChip } from "#ui/Chips.tsx";
import { TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty } from "#ui/States.tsx";
import { type Message, type Outcome, outcomes, useAnswer, useGiveCode, useMessages } from "./voice.ts";

/** She speaks for herself: a code on paper, what she says by it, and what became of that. */
export default function Voice({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const messages = useMessages(id);
  return (
    <Page title={t("voice.title")} back={() => go(`/cases/${id}`)}>
      <Code victimId={id} />
      <section className="stack-tight screen-only" aria-labelledby="said">
        <h2 id="said">{t("voice.said")}</h2>
        <Loaded query={messages}>
          {(all) => all.length === 0 ? <Empty>{t("voice.nothing")}</Empty> : (
            <ul className="stack-tight">{all.map((message) => <li key={message.id}><Said victimId={id} message={message} /></li>)}</ul>
          )}
        </Loaded>
      </section>
    </Page>
  );
}

function Code({ victimId }: { victimId: string }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const give = useGiveCode(victimId);
  return (
    <section className="stack-tight" aria-labelledby="code">
      <h2 id="code" className="screen-only">{t("voice.code")}</h2>
      <p className="screen-only">{t("voice.code_hint")}</p>
      {give.error && <Banner kind="warning" live>{sentence(give.error)}</Banner>}
      {give.data && (
        <>
          <div className="screen-only"><Banner kind="good" live>{t("voice.code_once")}</Banner></div>
          <Paper>
            <p className="code"><bdi dir="ltr">{give.data}</bdi></p>
            <p><bdi dir="ltr">{location.host}/follow</bdi></p>
          </Paper>
        </>
      )}
      <div className="row screen-only">
        <Button kind={give.data ? "secondary" : "primary"} busy={give.isPending} onClick={() => give.mutate()}>{give.data ? t("voice.code_another") : t("voice.code_give")}</Button>
        {give.data && <Button kind="primary" onClick={() => print()}>{t("voice.print")}</Button>}
      </div>
    </section>
  );
}

const questions = ["wasHeard", "wasHelped", "feltSafe", "wouldAskAgain"] as const;

function Said({ victimId, message }: { victimId: string; message: Message }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const { kind, at, body, dueAt, answer } = message;
  return (
    <article className="card stack-tight">
      <div className="spread">
        <h3>{t(`voice.kind_${kind}`)}</h3>
        {answer ? <StatusChip family="done">{t(`voice.outcome_${answer.outcome}`)}</StatusChip> : <StatusChip family={kind === "stop" || kind === "call_back" ? "asks" : "waiting"}>{t("voice.unanswered")}</StatusChip>}
      </div>
      <p className="quiet"><time dateTime={at}>{formatMoment(at, language)}</time></p>
      {body.text && <p><bdi>{body.text}</bdi></p>}
      {questions.map((question) => body[question] && <p key={question}>{t(`follow.${question}`)} <strong>{t(`follow.${body[question]}`)}</strong></p>)}
      {dueAt && <p><strong>{t("voice.due", { time: formatMoment(dueAt, language) })}</strong></p>}
      {answer?.words && <p>{t("voice.answered_so")} <bdi>{answer.words}</bdi></p>}
      {!answer && (
        <div className="row">
          <Button onClick={() => setOpen(true)}>{t("voice.answer")}</Button>
          {kind === "stop" && <ButtonLink href={`/cases/${victimId}#permissions`}>{t("voice.permissions")}</ButtonLink>}
        </div>
      )}
      {open && <Answering victimId={victimId} message={message} close={() => setOpen(false)} />}
    </article>
  );
}

function Answering({ victimId, message, close }: { victimId: string; message: Message; close: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const ways = outcomes[message.kind];
  const [outcome, setOutcome] = useState<Outcome | undefined>(ways.length === 1 ? ways[0] : undefined);
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const answer = useAnswer(victimId, message.id);
  return (
    <Sheet
      title={t("voice.answer")} verb={t("voice.answer")} busy={answer.isPending} onClose={close}
      onConfirm={() => {
        setTried(true);
        if (outcome) {
          void answer.mutateAsync({ outcome, ...(words.trim() && { words: words.trim() }) }).then(close, () => undefined);
        }
      }}
    >
      {answer.error && <Banner kind="warning" live>{sentence(answer.error)}</Banner>}
      {message.kind === "stop" && <p className="quiet">{t("voice.stop_hint")}</p>}
      <Ticks<Outcome>
        name="outcome" kind="radio" legend={t("voice.outcome")} mistake={tried && !outcome ? t("voice.lacks_outcome") : undefined} ticked={outcome ? [outcome] : []}
        options={ways.map((value) => ({ value, label: t(`voice.outcome_${value}`) }))} onChange={([chosen]) => setOutcome(chosen)}
      />
      <TextField name="words" lines={3} label={t("voice.words")} hint={t("voice.words_hint")} value={words} onChange={setWords} />
    </Sheet>
  );
}
