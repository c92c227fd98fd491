import type { ReactNode } from "react";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import type { ItemBody } from "./items.ts";

type Props = { value: ItemBody; mistakes: Mistakes; onChange: (value: ItemBody) => void };

const numbers = ["years", "least", "most"] as const;

/** Which proof it is, and the day or about how many years it says. */
export function EvidenceFields({ value, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const kind = useLabel("age_evidence_kind");
  const { data = [] } = useTaxonomy("age_evidence_kind");
  return (
    <>
      <Field name="body.evidence" label={t("parts.evidence")} mistake={mistakes["body.evidence"]}>
        {(control) => (
          <select {...control} value={value.evidence ?? ""} onChange={(event) => onChange({ ...value, evidence: (event.target.value || null) as ItemBody["evidence"] })}>
            <option value="">{t("ui.not_known")}</option>
            {data.map(({ code }) => <option key={code} value={code}>{kind(code)}</option>)}
          </select>
        )}
      </Field>
      <TextField
        name="body.bornOn" type="date" short label={t("parts.born_on")} hint={t("victims.age_born_hint")} mistake={mistakes["body.bornOn"]} value={value.bornOn ?? ""}
        onChange={(day) => onChange({ ...value, bornOn: day || null, ...(day && { years: null, least: null, most: null }) })}
      />
      {!value.bornOn && numbers.map((name) => (
        <TextField
          key={name} name={`body.${name}`} kind="digits" short label={t(`victims.age_says_${name}`)} mistake={mistakes[`body.${name}`]} value={value[name]?.toString() ?? ""}
          onChange={(text) => onChange({ ...value, [name]: /^\d{1,3}$/.test(text) ? Number(text) : null })}
        />
      ))}
    </>
  );
}
