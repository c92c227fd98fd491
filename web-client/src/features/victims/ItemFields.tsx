import type { ReactNode } from "react";
import { type TaxonomyName, useDistricts, useLabel, useName, useTaxonomy } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { EvidenceFields } from "./EvidenceFields.tsx";
import type { ItemBody, ItemKind } from "./items.ts";
import { PlanFields } from "./PlanFields.tsx";

type Props = { value: ItemBody; mistakes: Mistakes; onChange: (value: ItemBody) => void };

/** The fields of a kind, its words last. */
export function BodyFields({ kind, victimId, ...props }: Props & { kind: ItemKind; victimId: string }): ReactNode {
  const t = useText();
  const { value, mistakes, onChange } = props;
  return (
    <>
      {kind === "incident" && <IncidentFields {...props} />}
      {kind === "screening" && <ScreeningFields {...props} />}
      {kind === "relation" && <RelationFields {...props} />}
      {kind === "plan" && <PlanFields victimId={victimId} {...props} />}
      {kind === "visit" && <VisitFields {...props} />}
      {kind === "age_evidence" && <EvidenceFields {...props} />}
      {kind === "critical_incident" && <OneRadio set="critical_incident_kind" name="happened" legend={t("parts.happened")} {...props} />}
      <TextField
        name="body.text" lines={kind === "note" ? 8 : 4} label={t(kind === "relation" ? "victims.relation_words" : "parts.words")} hint={t("victims.words_hint")} mistake={mistakes["body.text"]}
        value={value.text ?? ""} onChange={(text) => onChange({ ...value, text: text || null })}
      />
    </>
  );
}

/** For the author's eyes: the rest of the team reads it once it is named to them. */
export function RestrictedField({ value, onChange }: { value: boolean; onChange: (restricted: boolean) => void }): ReactNode {
  const t = useText();
  return (
    <Ticks
      name="restricted" legend={t("victims.who_may_read")} ticked={value ? ["restricted"] : []}
      options={[{ value: "restricted", label: t("victims.restricted"), hint: t("victims.restricted_hint") }]}
      onChange={(ticked) => onChange(ticked.length > 0)}
    />
  );
}

/** What the kind cannot be without. */
export function lacks(kind: ItemKind, body: ItemBody): "types" | "indicators" | "text" | "relation" | "relation_words" | "goals" | "visit" | "happened" | "evidence" | "bornOn" | undefined {
  switch (kind) {
    case "incident": return (body.types ?? []).length === 0 ? "types" : undefined;
    case "screening": return (body.indicators ?? []).length === 0 && !body.text?.trim() ? "indicators" : undefined;
    case "note": return body.text?.trim() ? undefined : "text";
    case "relation": return body.relation ? body.text?.trim() ? undefined : "relation_words" : "relation";
    case "plan": return (body.goals ?? []).some(({ text }) => !text.trim()) ? "goals" : undefined;
    case "visit": return body.visit ? undefined : "visit";
    case "critical_incident": return body.happened ? undefined : "happened";
    case "age_evidence": return !body.evidence ? "evidence" : body.bornOn || body.years != null ? undefined : "bornOn";
  }
}

/** What happened, how the person was held, and where. Only the first is asked for; the rest is folded. */
function IncidentFields({ value, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const name = useName();
  const { data: districts = [] } = useDistricts();
  return (
    <>
      <Codes set="exploitation_type" name="types" legend={t("parts.types")} {...{ value, mistakes, onChange }} />
      <details open={(value.means ?? []).length > 0}>
        <summary>{t("parts.means")}</summary>
        <Codes set="means_of_control" name="means" legend={t("parts.means")} legendHidden {...{ value, mistakes, onChange }} />
      </details>
      <details open={Boolean(value.placeKind || value.district || value.industry || value.from || value.to)}>
        <summary>{t("victims.where_and_when")}</summary>
        <div className="stack">
          <OneOf set="incident_place_kind" name="placeKind" label={t("parts.place_kind")} {...{ value, mistakes, onChange }} />
          <OneOf set="industry" name="industry" label={t("parts.industry")} {...{ value, mistakes, onChange }} />
          <Field name="body.district" label={t("parts.district")} mistake={mistakes["body.district"]}>
            {(control) => (
              <select {...control} value={value.district ?? ""} onChange={(event) => onChange({ ...value, district: event.target.value || null })}>
                <option value="">{t("ui.not_known")}</option>
                {districts.map((one) => <option key={one.code} value={one.code}>{name(one)}</option>)}
              </select>
            )}
          </Field>
          {(["from", "to"] as const).map((end) => (
            <Field key={end} name={`body.${end}`} label={t(`parts.incident_${end}`)} mistake={mistakes[`body.${end}`]} short>
              {(control) => (
                <input
                  {...control} type="date" dir="ltr" max={new Date().toISOString().slice(0, 10)} value={value[end] ?? ""}
                  onChange={(event) => onChange({ ...value, [end]: event.target.value || null })}
                />
              )}
            </Field>
          ))}
        </div>
      </details>
    </>
  );
}

/** What was seen; no score is made of it. */
function ScreeningFields(props: Props): ReactNode {
  const t = useText();
  return <Codes set="screening_indicator" name="indicators" legend={t("parts.indicators")} {...props} />;
}

/** Who says that she belongs to him. Until it is written how he was checked, she is not given to him. */
function RelationFields({ value, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  return (
    <>
      <OneOf set="relation_kind" name="relation" label={t("parts.relation")} {...{ value, mistakes, onChange }} />
      <Ticks
        name="body.claims" legend={t("parts.claims")} ticked={value.claims ? ["claims"] : []} options={[{ value: "claims", label: t("victims.claims") }]}
        onChange={(ticked) => onChange({ ...value, claims: ticked.length > 0 || null })}
      />
      <OneOf
        set="claimant_check" name="checkedBy" label={t("parts.checked_by")} none={t("victims.nobody_checked")} {...{ value, mistakes }}
        onChange={(changed) => onChange({ ...changed, checkedOn: changed.checkedBy ? changed.checkedOn ?? new Date().toISOString().slice(0, 10) : null })}
      />
      <OneOf set="guardian_conflict" name="conflict" label={t("parts.conflict")} none={t("victims.no_conflict")} {...{ value, mistakes, onChange }} />
    </>
  );
}

/** Which visit it was, and what was seen. */
function VisitFields(props: Props): ReactNode {
  const t = useText();
  return (
    <>
      <OneRadio set="follow_up_kind" name="visit" legend={t("parts.visit")} {...props} />
      <Codes set="visit_finding" name="findings" legend={t("parts.findings")} {...props} />
    </>
  );
}

type OneRadioProps = Props & { set: TaxonomyName; name: "visit" | "happened"; legend: string };

function OneRadio({ set, name, legend, value, mistakes, onChange }: OneRadioProps): ReactNode {
  const word = useLabel(set);
  const { data = [] } = useTaxonomy(set);
  const chosen = value[name];
  return (
    <Ticks
      name={`body.${name}`} kind="radio" legend={legend} mistake={mistakes[`body.${name}`]} ticked={chosen ? [chosen] : []}
      options={data.filter(({ retired }) => !retired).map(({ code }) => ({ value: code, label: word(code) }))}
      onChange={([one]) => onChange({ ...value, [name]: one } as ItemBody)}
    />
  );
}

type CodesProps = Props & { set: TaxonomyName; name: "types" | "means" | "indicators" | "findings"; legend: string; legendHidden?: boolean };

function Codes({ set, name, legend, legendHidden = false, value, mistakes, onChange }: CodesProps): ReactNode {
  const word = useLabel(set);
  const { data = [] } = useTaxonomy(set);
  const codes = data.filter(({ retired }) => !retired).map(({ code }) => code);
  return (
    <Ticks
      name={`body.${name}`} legend={legend} legendHidden={legendHidden} mistake={mistakes[`body.${name}`]}
      options={codes.map((code) => ({ value: code, label: word(code) }))} ticked={value[name] ?? []} onChange={(ticked) => onChange({ ...value, [name]: ticked })}
    />
  );
}

type OneOfProps = Props & { set: TaxonomyName; name: "placeKind" | "industry" | "relation" | "checkedBy" | "conflict"; label: string; none?: string };

function OneOf({ set, name, label, none, value, mistakes, onChange }: OneOfProps): ReactNode {
  const t = useText();
  const word = useLabel(set);
  const { data = [] } = useTaxonomy(set);
  return (
    <Field name={`body.${name}`} label={label} mistake={mistakes[`body.${name}`]}>
      {(control) => (
        <select {...control} value={value[name] ?? ""} onChange={(event) => onChange({ ...value, [name]: event.target.value || null } as ItemBody)}>
          <option value="">{none ?? t("ui.not_known")}</option>
          {data.filter(({ retired }) => !retired).map(({ code }) => <option key={code} value={code}>{word(code)}</option>)}
        </select>
      )}
    </Field>
  );
}
