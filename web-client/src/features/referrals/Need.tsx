import type { ReactNode } from "react";
import { type TaxonomyName, useLabel, useTaxonomy } from "#api/reference.ts";
import type { AllowedAction, ReferralView } from "#api/shapes.ts";
import { localMinute, pastFromLocal } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { populationOf } from "#parts/population.ts";
import { Ticks } from "#ui/Choices.tsx";
import { Field, TextField } from "#ui/Field.tsx";

export type ActionNeed = AllowedAction["needs"][number];

/** Filled in where the answer is nearly always the same: that is what makes three taps enough. */
export function suggested(need: ActionNeed, referral: ReferralView): string {
  if (need.kind === "time") {
    return localMinute(new Date());
  }
  return need.name === "population" ? (referral.population ?? populationOf(referral)) : "";
}

export function toWire(need: ActionNeed, value: string): string {
  switch (need.kind) {
    case "time": return pastFromLocal(value);
    case "plan": return new Date(value).toISOString();
    default: return value.trim();
  }
}

type Props = { need: ActionNeed; action: string; value: string; mistake: string | undefined; onChange: (value: string) => void };

export function Need(props: Props): ReactNode {
  const { need, value, mistake, onChange } = props;
  const t = useText();
  const label = t(`referrals.need_${need.name}` as TextId);
  switch (need.kind) {
    case "code":
      return <CodeNeed {...props} label={label} />;
    case "time":
      return (
        <Field name={need.name} label={label} mistake={mistake}>
          {(control) => <input {...control} type="datetime-local" dir="ltr" max={localMinute(new Date())} value={value} onChange={(event) => onChange(event.target.value)} />}
        </Field>
      );
    case "plan":
      return (
        <Field name={need.name} label={label} mistake={mistake}>
          {(control) => <input {...control} type="datetime-local" dir="ltr" min={localMinute(new Date())} value={value} onChange={(event) => onChange(event.target.value)} />}
        </Field>
      );
    default:
      return <TextField name={need.name} label={label} mistake={mistake} lines={4} value={value} onChange={onChange} />;
  }
}

function CodeNeed({ need, action, value, mistake, label, onChange }: Props & { label: string }): ReactNode {
  const t = useText();
  const set = (need.set ?? (need.name === "reason" ? `${action}_reason` : need.name)) as TaxonomyName;
  const { data = [] } = useTaxonomy(set);
  const word = useLabel(set);
  const codes = data.filter(({ retired }) => !retired).map(({ code }) => code);
  if (need.name === "population") {
    return (
      <Field name={need.name} label={label} mistake={mistake}>
        {(control) => (
          <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
            {!codes.includes(value) && <option value={value}>{value ? word(value) : t("referrals.choose")}</option>}
            {codes.map((code) => <option key={code} value={code}>{word(code)}</option>)}
          </select>
        )}
      </Field>
    );
  }
  return (
    <Ticks
      name={need.name} kind="radio" legend={label} mistake={mistake} options={codes.map((code) => ({ value: code, label: word(code) }))}
      ticked={value ? [value] : []} onChange={([chosen]) => chosen && onChange(chosen)}
    />
  );
}
