import type { ReactNode } from "react";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import type { FormProps } from "./About.tsx";
import type { Documents } from "./documents.ts";

type Health = Documents["health"];
type Difficulty = NonNullable<Health["disability"]>[number];

const texts = [
  ["urgentNotes", "parts.urgent_notes"], ["conditions", "parts.conditions"], ["medication", "parts.medication"], ["allergies", "parts.allergies"],
] as const;

/** What helpers must know at once comes first; the six questions of the Washington Group are folded. */
export function HealthForm({ value, mistakes, onChange }: FormProps<"health">): ReactNode {
  const t = useText();
  const domain = useLabel("disability_wg_domain");
  const level = useLabel("disability_wg_level");
  const { data: domains = [] } = useTaxonomy("disability_wg_domain");
  const { data: levels = [] } = useTaxonomy("disability_wg_level");
  const answers = value.disability ?? [];
  const answer = (code: string, said: string): void => {
    const others = answers.filter((one) => one.domain !== code);
    onChange({ ...value, disability: said ? [...others, { domain: code, level: said } as Difficulty] : others });
  };
  return (
    <>
      {texts.map(([name, label]) => (
        <TextField key={name} name={name} label={t(label)} lines={3} mistake={mistakes[name]} value={value[name] ?? ""} onChange={(text) => onChange({ ...value, [name]: text || null })} />
      ))}
      <details>
        <summary>{t("victims.difficulties")}</summary>
        <div className="stack">
          {domains.map(({ code }) => (
            <Field key={code} name={`disability.${code}`} label={domain(code)}>
              {(control) => (
                <select {...control} value={answers.find((one) => one.domain === code)?.level ?? ""} onChange={(event) => answer(code, event.target.value)}>
                  <option value="">{t("victims.not_asked")}</option>
                  {levels.map((one) => <option key={one.code} value={one.code}>{level(one.code)}</option>)}
                </select>
              )}
            </Field>
          ))}
        </div>
      </details>
    </>
  );
}
