import type { ReactNode } from "react";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { emptyGoal } from "./goals.ts";
import type { ItemBody } from "./items.ts";
import { useTeam } from "./team.ts";

type Goal = NonNullable<ItemBody["goals"]>[number];
type Step = NonNullable<Goal["actions"]>[number];
type Props = { victimId: string; value: ItemBody; mistakes: Mistakes; onChange: (value: ItemBody) => void };

/** Goals, who sees to each, and the steps towards it. */
export function PlanFields({ victimId, value, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const goals = value.goals ?? [];
  const put = (changed: readonly Goal[]): void => onChange({ ...value, goals: [...changed] });
  return (
    <>
      {goals.map((goal, index) => (
        // Goals have no name of their own: their place is what they are.
        <section key={index} className="card stack" aria-labelledby={`goal-${index}`}>
          <h2 id={`goal-${index}`}>{t("victims.goal_number", { number: index + 1 })}</h2>
          <GoalFields victimId={victimId} at={`body.goals.${index}`} goal={goal} mistakes={mistakes} onChange={(changed) => put(goals.map((one, i) => (i === index ? changed : one)))} />
          {goals.length > 1 && <Button kind="plain" onClick={() => put(goals.filter((_, i) => i !== index))}>{t("victims.goal_remove")}<span className="visually-hidden"> {index + 1}</span></Button>}
        </section>
      ))}
      <div className="row"><Button onClick={() => put([...goals, emptyGoal()])}>{t("victims.goal_add")}</Button></div>
      <Day name="body.reviewOn" label={t("parts.review_on")} value={value.reviewOn} onChange={(reviewOn) => onChange({ ...value, reviewOn })} />
    </>
  );
}

type GoalProps = { victimId: string; at: string; goal: Goal; mistakes: Mistakes; onChange: (goal: Goal) => void };

function GoalFields({ victimId, at, goal, mistakes, onChange }: GoalProps): ReactNode {
  const t = useText();
  const team = useTeam(victimId).data ?? [];
  const steps = goal.actions ?? [];
  const put = (actions: readonly Step[]): void => onChange({ ...goal, actions: [...actions] });
  return (
    <>
      <TextField name={`${at}.text`} lines={2} label={t("victims.goal_text")} mistake={mistakes[`${at}.text`]} value={goal.text} onChange={(text) => onChange({ ...goal, text })} />
      <Coded set="service_category" name={`${at}.category`} label={t("victims.goal_category")} value={goal.category} onChange={(category) => onChange({ ...goal, category: category as Goal["category"] })} />
      <Coded set="goal_state" name={`${at}.state`} label={t("victims.goal_state")} value={goal.state} onChange={(state) => onChange({ ...goal, state: state as Goal["state"] })} />
      <Field name={`${at}.workerId`} label={t("victims.goal_owner")} mistake={mistakes[`${at}.workerId`]}>
        {(control) => (
          <select {...control} value={goal.workerId ?? ""} onChange={(event) => onChange({ ...goal, workerId: event.target.value || null })}>
            <option value="">{t("victims.goal_nobody")}</option>
            {team.filter(({ kind }) => kind === "worker").map(({ id, displayName }) => <option key={id} value={id}>{displayName}</option>)}
          </select>
        )}
      </Field>
      <Day name={`${at}.dueOn`} label={t("victims.goal_due")} value={goal.dueOn} onChange={(dueOn) => onChange({ ...goal, dueOn })} />
      {steps.map((step, index) => (
        <div key={index} className="stack-tight">
          <TextField name={`${at}.actions.${index}.text`} label={t("victims.step_number", { number: index + 1 })} value={step.text} onChange={(text) => put(steps.map((one, i) => (i === index ? { ...one, text } : one)))} />
          <Ticks
            name={`${at}.actions.${index}.done`} legend={t("victims.step_number", { number: index + 1 })} legendHidden ticked={step.done ? ["done"] : []}
            options={[{ value: "done", label: t("victims.step_done") }]} onChange={(ticked) => put(steps.map((one, i) => (i === index ? { ...one, done: ticked.length > 0 } : one)))}
          />
        </div>
      ))}
      <div className="row"><Button onClick={() => put([...steps, { text: "", done: false }])}>{t("victims.step_add")}</Button></div>
    </>
  );
}

type CodedProps = { set: "service_category" | "goal_state"; name: string; label: string; value: string; onChange: (code: string) => void };

function Coded({ set, name, label, value, onChange }: CodedProps): ReactNode {
  const word = useLabel(set);
  const { data = [] } = useTaxonomy(set);
  return (
    <Field name={name} label={label}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {data.filter(({ retired }) => !retired).map(({ code }) => <option key={code} value={code}>{word(code)}</option>)}
        </select>
      )}
    </Field>
  );
}

type DayProps = { name: string; label: string; value: string | null | undefined; onChange: (day: string | null) => void };

function Day({ name, label, value, onChange }: DayProps): ReactNode {
  return (
    <Field name={name} label={label} short>
      {(control) => <input {...control} type="date" dir="ltr" value={value ?? ""} onChange={(event) => onChange(event.target.value || null)} />}
    </Field>
  );
}
