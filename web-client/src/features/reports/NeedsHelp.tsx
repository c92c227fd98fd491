import type { ReactNode } from "react";
import { useDistricts, useName } from "#api/reference.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { type Call, urgencies, type Urgency } from "./call.ts";
import { Concerned } from "./Concerned.tsx";

type Props = { call: Call; mistakes: Mistakes; onChange: (call: Call) => void };

/** What a real call tells, and of the caller no more than he wants kept. */
export function NeedsHelp({ call, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  return (
    <>
      <Ticks
        name="kind" kind="radio" legend={t("reports.what_kind")} ticked={[call.kind]}
        options={(["intake", "complaint"] as const).map((value) => ({ value, label: t(`reports.kind_${value}`), ...(value === "complaint" && { hint: t("reports.complaint_hint") }) }))}
        onChange={([kind]) => kind && onChange({ ...call, kind })}
      />
      <Concerned call={call} mistakes={mistakes} onChange={onChange} />
      <Ticks<Urgency>
        name="urgency" kind="radio" legend={t("reports.urgency")} ticked={call.urgency ? [call.urgency] : []}
        options={urgencies.map((value) => ({ value, label: t(`parts.urgency_${value}` as TextId) }))}
        onChange={([urgency]) => urgency && onChange({ ...call, urgency })}
      />
      <TextField name="story" lines={6} label={t("reports.story")} hint={t("reports.story_hint")} mistake={mistakes["story"]} value={call.story} onChange={(story) => onChange({ ...call, story })} />
      <DistrictField value={call.district} onChange={(district) => onChange({ ...call, district })} />
      <Caller call={call} mistakes={mistakes} onChange={onChange} />
    </>
  );
}

type DistrictProps = { value: string | undefined; mistake?: string | undefined; onChange: (district: string) => void };

export function DistrictField({ value, mistake, onChange }: DistrictProps): ReactNode {
  const t = useText();
  const name = useName();
  const { data = [] } = useDistricts();
  const options = data.filter(({ status }) => status === "active").toSorted((a, b) => name(a).localeCompare(name(b)));
  return (
    <Field name="district" label={t("reports.district")} mistake={mistake}>
      {(control) => (
        <select {...control} value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("reports.not_known")}</option>
          {options.map((district) => <option key={district.code} value={district.code}>{name(district)}</option>)}
        </select>
      )}
    </Field>
  );
}

function Caller({ call, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const keepsPhone = !call.isAnonymous || call.agreesToKeep;
  return (
    <fieldset className="stack">
      <legend className="label">{t("reports.caller")}</legend>
      <Ticks
        name="unknown" legend={t("reports.caller")} legendHidden ticked={call.isAnonymous ? ["unknown"] : []}
        options={[{ value: "unknown", label: t("reports.stays_unknown"), hint: t("reports.stays_unknown_hint") }]}
        onChange={(ticked) => onChange({ ...call, isAnonymous: ticked.length > 0 })}
      />
      {!call.isAnonymous && <TextField name="reporter.name" kind="name" label={t("reports.caller_name")} mistake={mistakes["reporter.name"]} value={call.name} onChange={(name) => onChange({ ...call, name })} />}
      {call.isAnonymous && (
        <Ticks
          name="agrees" legend={t("reports.phone")} legendHidden ticked={call.agreesToKeep ? ["agrees"] : []}
          options={[{ value: "agrees", label: t("reports.agrees") }]}
          onChange={(ticked) => onChange({ ...call, agreesToKeep: ticked.length > 0 })}
        />
      )}
      {keepsPhone && (
        <>
          <TextField name="reporter.phone" kind="digits" label={t("reports.phone")} mistake={mistakes["reporter.phone"]} value={call.phone} onChange={(phone) => onChange({ ...call, phone })} />
          <Ticks
            name="mayRing" legend={t("reports.phone")} legendHidden ticked={call.mayRing ? ["ring"] : []}
            options={[{ value: "ring", label: t("reports.may_ring") }]}
            onChange={(ticked) => onChange({ ...call, mayRing: ticked.length > 0 })}
          />
          <TextField name="reporter.callNote" label={t("reports.call_note")} mistake={mistakes["reporter.callNote"]} value={call.callNote} onChange={(callNote) => onChange({ ...call, callNote })} />
        </>
      )}
    </fieldset>
  );
}
