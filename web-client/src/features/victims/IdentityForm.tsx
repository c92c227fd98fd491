import type { ReactNode } from "react";
import { useLabel } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { type AgeAnswer, AgeField } from "#ui/AgeField.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import type { FormProps } from "./About.tsx";
import type { Documents } from "./documents.ts";

type Identity = Documents["identity"];
type Birth = NonNullable<Identity["birth"]>;

const papers = ["b_form_crc", "birth_certificate", "identity_card", "school_certificate", "vaccination_card", "other_document"] as const;

export function IdentityForm({ value, mistakes, onChange }: FormProps<"identity">): ReactNode {
  const t = useText();
  const evidence = useLabel("age_evidence_kind");
  const { name, fatherName, nationalId, nationalIdKind, birth } = value;
  const written = (text: string): string | null => text || null;
  return (
    <>
      <TextField name="name.ur" kind="name" lang="ur" label={t("victims.name_ur")} mistake={mistakes["name.ur"]} value={name?.ur ?? ""} onChange={(ur) => onChange({ ...value, name: { ...name, ur: written(ur) } })} />
      <TextField name="name.latin" kind="name" lang="en" label={t("victims.name_latin")} mistake={mistakes["name.latin"]} value={name?.latin ?? ""} onChange={(latin) => onChange({ ...value, name: { ...name, latin: written(latin) } })} />
      <TextField name="fatherName.ur" kind="name" lang="ur" label={t("victims.father_ur")} mistake={mistakes["fatherName.ur"]} value={fatherName?.ur ?? ""} onChange={(ur) => onChange({ ...value, fatherName: { ...fatherName, ur: written(ur) } })} />
      <TextField name="fatherName.latin" kind="name" lang="en" label={t("victims.father_latin")} mistake={mistakes["fatherName.latin"]} value={fatherName?.latin ?? ""} onChange={(latin) => onChange({ ...value, fatherName: { ...fatherName, latin: written(latin) } })} />
      <TextField
        name="nationalId" kind="digits" label={t("victims.national_id")} hint={t("victims.national_id_hint")} mistake={mistakes["nationalId"]} value={nationalId ?? ""}
        onChange={(digits) => onChange({ ...value, nationalId: written(digits), nationalIdKind: digits ? nationalIdKind ?? "b_form_crc" : null })}
      />
      {nationalId && (
        <Field name="nationalIdKind" label={t("victims.national_id_kind")} mistake={mistakes["nationalIdKind"]}>
          {(control) => (
            <select {...control} value={nationalIdKind ?? "b_form_crc"} onChange={(event) => onChange({ ...value, nationalIdKind: event.target.value as Identity["nationalIdKind"] })}>
              {(["b_form_crc", "identity_card"] as const).map((code) => <option key={code} value={code}>{evidence(code)}</option>)}
            </select>
          )}
        </Field>
      )}
      <AgeField value={toAnswer(birth)} mistakes={ageMistakes(mistakes)} onChange={(answer) => onChange({ ...value, birth: toBirth(answer, birth) })} />
      {birth?.on !== undefined && birth?.on !== null && (
        <Field name="birth.evidence" label={t("victims.which_paper")} mistake={mistakes["birth.evidence"]}>
          {(control) => (
            <select {...control} value={birth.evidence ?? "b_form_crc"} onChange={(event) => onChange({ ...value, birth: { ...birth, evidence: event.target.value as Birth["evidence"] } })}>
              {papers.map((code) => <option key={code} value={code}>{evidence(code)}</option>)}
            </select>
          )}
        </Field>
      )}
    </>
  );
}

// The date is kept as it is typed, "2014--" included: the server says what is missing, at its field.
function toAnswer(birth: Identity["birth"]): AgeAnswer {
  if (birth?.on !== undefined && birth?.on !== null) {
    const [year = "", month = "", day = ""] = birth.on.split("-");
    return { kind: "document", year, month, day };
  }
  return birth?.years === undefined || birth?.years === null ? { kind: "not_known" } : { kind: "years", years: Number.isNaN(birth.years) ? "" : String(birth.years) };
}

function toBirth(answer: AgeAnswer, before: Identity["birth"]): Birth {
  switch (answer.kind) {
    case "document":
      return { on: [answer.year, answer.month.padStart(answer.month ? 2 : 0, "0"), answer.day.padStart(answer.day ? 2 : 0, "0")].join("-"), evidence: before?.evidence ?? "b_form_crc" };
    case "years":
      return { years: answer.years === "" ? 0 : Number(answer.years), asOf: new Date().toISOString().slice(0, 10), evidence: "appearance" };
    case "not_known":
      return { band: "not_known" };
  }
}

const ageMistakes = (mistakes: FormProps<"identity">["mistakes"]): Record<string, string> => ({
  ...(mistakes["birth.on"] && { "age.year": mistakes["birth.on"] }),
  ...(mistakes["birth.years"] && { "age.years": mistakes["birth.years"] }),
});
