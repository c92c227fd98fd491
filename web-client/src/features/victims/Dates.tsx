import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import { localMinute } from "#i18n/format.ts";
import { useText } from "#i18n/i18n.tsx";
import { Deadlines, useClocks } from "#parts/Deadline.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, Field, fieldMistakes, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Topic, useSetDate } from "./dates.ts";

type Props = { id: string };

/** What the agency has to do for her by when; what her referrals wait for stands at those. */
export function Dates({ id }: Props): ReactNode {
  const t = useText();
  const clocks = useClocks(id);
  const [setting, setSetting] = useState(false);
  return (
    <section className="stack-tight" aria-labelledby="dates">
      <h2 id="dates">{t("victims.dates")}</h2>
      <Loaded query={clocks}>
        {(all) => {
          const own = all.filter(({ subjectKind }) => subjectKind !== "referral");
          return own.length === 0 ? <p className="quiet">{t("victims.no_dates")}</p> : <Deadlines clocks={own} ofCase />;
        }}
      </Loaded>
      <div className="row"><Button onClick={() => setSetting(true)}>{t("victims.date_set")}</Button></div>
      {setting && <SetDate id={id} onClose={() => setSetting(false)} />}
    </section>
  );
}

/** What has to be done, and before when. What was chosen stays through every refusal. */
function SetDate({ id, onClose }: Props & { onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const word = useLabel("act_before_topic");
  const { data: topics = [] } = useTaxonomy("act_before_topic");
  const set = useSetDate(id);
  const [topic, setTopic] = useState<Topic>();
  const [dueAt, setDueAt] = useState("");
  const [missing, setMissing] = useState<Mistakes>({});
  const [attempt, setAttempt] = useState(0);
  const mistakes = { ...missing, ...fieldMistakes(set.error) };

  const confirm = (): void => {
    setMissing({ ...(!topic && { topic: t("victims.lacks_topic") }), ...(!dueAt && { dueAt: t("victims.lacks_due") }) });
    setAttempt(attempt + 1);
    if (topic && dueAt) {
      set.mutate({ topic, dueAt: new Date(dueAt).toISOString() }, { onSuccess: onClose });
    }
  };
  return (
    <Sheet title={t("victims.date_set")} verb={t("victims.date_set")} busy={set.isPending} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {set.error && set.error.fields.length === 0 && <Banner kind="warning" live>{sentence(set.error)}</Banner>}
      <p className="quiet">{t("victims.date_about")}</p>
      <Field name="dueAt" label={t("victims.date_due")} mistake={mistakes["dueAt"]}>
        {(control) => <input {...control} type="datetime-local" dir="ltr" min={localMinute(new Date())} value={dueAt} onChange={(event) => setDueAt(event.target.value)} />}
      </Field>
      <Ticks
        name="topic" kind="radio" legend={t("victims.date_topic")} mistake={mistakes["topic"]}
        options={topics.filter(({ retired }) => !retired).map(({ code }) => ({ value: code as Topic, label: word(code) }))}
        ticked={topic ? [topic] : []} onChange={([chosen]) => chosen && setTopic(chosen)}
      />
    </Sheet>
  );
}
