import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import type { NeedDraft } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes } from "#ui/Field.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { useAddNeed } from "./addNeed.ts";
import type { StepProps } from "./Refer.tsx";

/** Which of the needs go out now; one that is missing is added here. */
export function Needs({ victim, open, chosen, plan, change, next, frame }: StepProps): ReactNode {
  const t = useText();
  const category = useLabel("service_category");
  const [attempt, setAttempt] = useState(0);
  const ticked = open.length === 0 ? [] : chosen.map(({ id }) => id);
  const mistakes: Mistakes = attempt > 0 && ticked.length === 0 ? { needs: t("refer.lacks_needs") } : {};
  return (
    <QuestionPage
      {...frame} question={t("refer.ask_needs")} mistakes={mistakes} attempt={attempt}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (ticked.length > 0) {
          next("permission", { ...plan, needIds: ticked });
        }
      }}
    >
      {open.length > 0 && (
        <Ticks
          name="needs" legend={t("refer.ask_needs")} legendHidden mistake={mistakes["needs"]} ticked={ticked}
          options={open.map(({ id, category: code, urgency }) => ({ value: id, label: <span className="row">{category(code)} <NeedUrgency code={urgency} /></span> }))}
          onChange={(ids) => change({ ...plan, needIds: ids.length === 0 ? [""] : ids })}
        />
      )}
      <AddNeed victimId={victim.id} taken={open.map((need) => need.category)} added={(id) => change({ ...plan, needIds: [...ticked, id] })} />
    </QuestionPage>
  );
}

function AddNeed({ victimId, taken, added }: { victimId: string; taken: readonly string[]; added: (id: string) => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const category = useLabel("service_category");
  const urgency = useLabel("urgency");
  const { data: categories = [] } = useTaxonomy("service_category");
  const { data: urgencies = [] } = useTaxonomy("urgency");
  const [code, setCode] = useState<NeedDraft["category"] | "">("");
  const [level, setLevel] = useState<NeedDraft["urgency"]>("medium");
  const add = useAddNeed(victimId);
  return (
    <details open={taken.length === 0}>
      <summary>{t("refer.add_need")}</summary>
      <div className="stack card">
        <Field name="category" label={t("parts.need")} mistake={add.error ? sentence(add.error) : undefined}>
          {(control) => (
            <select {...control} value={code} onChange={(event) => setCode(event.target.value as typeof code)}>
              <option value="">{t("refer.choose")}</option>
              {categories.filter((one) => !one.retired && !taken.includes(one.code)).map((one) => <option key={one.code} value={one.code}>{category(one.code)}</option>)}
            </select>
          )}
        </Field>
        <Field name="urgency" label={t("parts.urgency")}>
          {(control) => (
            <select {...control} value={level} onChange={(event) => setLevel(event.target.value as typeof level)}>
              {urgencies.map((one) => <option key={one.code} value={one.code}>{urgency(one.code)}</option>)}
            </select>
          )}
        </Field>
        {add.error && <Banner kind="warning" live>{sentence(add.error)}</Banner>}
        <Button
          busy={add.isPending}
          onClick={() => code && add.mutate({ id: crypto.randomUUID(), category: code, urgency: level }, {
            onSuccess: (need) => {
              setCode("");
              added(need.id);
            },
          })}
        >
          {t("refer.add")}
        </Button>
      </div>
    </details>
  );
}
