import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { type Option, Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, fieldMistakes } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { Waiting } from "#ui/States.tsx";
import { NeedsHelp } from "./NeedsHelp.tsx";
import { type Call, type Channel, channels, type Choice, choices, newCall } from "./call.ts";
import { type Receipt, useTake } from "./reports.ts";

/** A call that needs nothing more ends in three inputs; only the last choice opens more. */
export default function NewReport({ me, draft }: { me: Me; draft?: string | undefined }): ReactNode {
  const t = useText();
  const [taken, setTaken] = useState<TakenCall>();
  const [round, setRound] = useState(0);
  return (
    <Page title={t("reports.new")} back={() => history.back()}>
      {taken && <Taken {...taken} />}
      <CallForm
        key={round} me={me} draft={round === 0 ? draft : undefined} takeFocus={round > 0}
        onTaken={(receipt) => {
          setTaken(receipt);
          setRound(round + 1);
        }}
      />
    </Page>
  );
}

type TakenCall = { receipt: Receipt | undefined; opens: boolean };

/** What is told to the caller: the code, once. */
function Taken({ receipt, opens }: TakenCall): ReactNode {
  const t = useText();
  const name = useName();
  if (!receipt) {
    return <Banner kind="info" live><p>{t("reports.kept")}</p><p><Link href="/waiting">{t("unsent.title")}</Link></p></Banner>;
  }
  return (
    <Banner kind="info" live>
      <p>{t("reports.saved", { agency: name(receipt.handler) })}</p>
      {receipt.followCode && <p>{t("reports.say_code")} <strong><bdi dir="ltr">{receipt.followCode}</bdi></strong></p>}
      {opens && <p><Link href={`/reports/${receipt.id}`}>{t("reports.open_it")}</Link></p>}
    </Banner>
  );
}

type CallProps = { me: Me; draft: string | undefined; onTaken: (taken: TakenCall) => void; takeFocus: boolean };

/** A call that needs help stays on the phone until it is saved; every call begins empty. */
function CallForm({ me, draft: id, ...props }: CallProps): ReactNode {
  const [empty] = useState(newCall);
  const draft = useDraft<Call>(me.id, id ?? empty.id, "report", empty);
  const [call, setCall] = useState<Call>();
  const change = (next: Call): void => {
    setCall(next);
    if (next.choice === "help") {
      draft.change(next);
    }
  };
  if (id && !draft.value) {
    // What was kept is read first: typed over an empty form, it would be lost.
    return <Waiting />;
  }
  return <CallFields me={me} call={call ?? draft.value ?? empty} setCall={change} drop={draft.drop} {...props} />;
}

type FieldsProps = Omit<CallProps, "draft"> & { call: Call; setCall: (call: Call) => void; drop: () => Promise<void> };

function CallFields({ me, call, setCall, drop, onTaken, takeFocus }: FieldsProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const label = useLabel("report_channel");
  const [attempt, setAttempt] = useState(0);
  const take = useTake(me);
  const form = useRef<HTMLFormElement>(null);
  const choose = useRef<(choice: Choice) => void>(() => undefined);
  useEffect(() => {
    choose.current = (choice) => setCall({ ...call, choice });
  });
  const lacking = attempt > 0 && !call.choice;
  const mistakes = lacking ? { choice: t("reports.lacks_choice") } : fieldMistakes(take.error);
  useEffect(() => {
    if (takeFocus) {
      // The code of the call before stands above, and is shown once.
      form.current?.querySelector("input")?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    // The keys 1 to 5 answer from anywhere on the page but a field of text.
    const press = (event: KeyboardEvent): void => {
      const chosen = choices[Number(event.key) - 1];
      const typing = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && !["radio", "checkbox"].includes(event.target.type));
      if (chosen && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
        choose.current(chosen);
        document.getElementById("reports-save")?.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [takeFocus]);
  const options: Option<Choice>[] = choices.map((value, index) => ({ value, label: <><bdi>{index + 1}</bdi> {t(`reports.choice_${value}`)}</> }));
  return (
    <form
      ref={form} noValidate className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (call.choice) {
          take.mutate(call, {
            onSuccess: (receipt) => void drop().finally(() => onTaken({ receipt, opens: (call.choice === "known" || call.choice === "help") && call.kind === "intake" })),
          });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {take.error && take.error.fields.length === 0 && <Banner kind="warning" live>{sentence(take.error)}</Banner>}
      <Ticks name="choice" kind="radio" legend={t("reports.what_was_it")} mistake={mistakes["choice"]} options={options} ticked={call.choice ? [call.choice] : []} onChange={([choice]) => choice && setCall({ ...call, choice })} />
      {call.choice === "help" && <NeedsHelp call={call} mistakes={mistakes} onChange={setCall} />}
      <details>
        <summary>{t("reports.how_it_came")}: {label(call.channel)}</summary>
        <Ticks<Channel> name="channel" kind="radio" legend={t("reports.how_it_came")} legendHidden options={channels.map((value) => ({ value, label: label(value) }))} ticked={[call.channel]} onChange={([channel]) => channel && setCall({ ...call, channel })} />
      </details>
      <div className="row">
        <Button id="reports-save" type="submit" kind="primary" busy={take.isPending}>{t("reports.save_next")}</Button>
        <ButtonLink href="/reports">{t("reports.to_list")}</ButtonLink>
      </div>
    </form>
  );
}
