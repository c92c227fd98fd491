import type { ReactNode } from "react";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import type { FormProps } from "./About.tsx";
import type { Documents } from "./documents.ts";

type Phone = NonNullable<Documents["contact"]["phones"]>[number];

const noRules = { ring: false, message: false, visit: false };

/** Each number with whether ringing it is safe; until somebody says so it is not. */
export function ContactForm({ value, mistakes, onChange }: FormProps<"contact">): ReactNode {
  const t = useText();
  const phones = value.phones ?? [];
  const rules = value.safeContact ?? noRules;
  const ways = (["ring", "message", "visit"] as const).filter((way) => rules[way]);
  const change = (index: number, phone: Phone): void => onChange({ ...value, phones: phones.map((one, n) => (n === index ? phone : one)) });
  return (
    <>
      <Ticks
        name="safeContact" legend={t("victims.how_safe")} hint={t("victims.how_safe_hint")} ticked={ways}
        options={(["ring", "message", "visit"] as const).map((way) => ({ value: way, label: t(`victims.way_${way}`) }))}
        onChange={(ticked) => onChange({ ...value, safeContact: { ...rules, ring: ticked.includes("ring"), message: ticked.includes("message"), visit: ticked.includes("visit") } })}
      />
      {phones.map((phone, index) => (
        <PhoneFields
          key={index} phone={phone} name={`phones.${index}`} mistakes={mistakes} onChange={(next) => change(index, next)}
          drop={() => onChange({ ...value, phones: phones.filter((_, n) => n !== index) })}
        />
      ))}
      <Button onClick={() => onChange({ ...value, phones: [...phones, { number: "", mayRing: false, whose: "self" }] })}>{t("victims.add_phone")}</Button>
      <TextField name="address" label={t("parts.address")} lines={3} mistake={mistakes["address"]} value={value.address ?? ""} onChange={(address) => onChange({ ...value, address: address || null })} />
    </>
  );
}

type PhoneProps = { phone: Phone; name: string; mistakes: FormProps<"contact">["mistakes"]; onChange: (phone: Phone) => void; drop: () => void };

function PhoneFields({ phone, name, mistakes, onChange, drop }: PhoneProps): ReactNode {
  const t = useText();
  const relation = useLabel("relation_kind");
  const { data: relations = [] } = useTaxonomy("relation_kind");
  return (
    <div className="card stack">
      <TextField name={`${name}.number`} kind="digits" label={t("victims.phone")} mistake={mistakes[`${name}.number`]} value={phone.number} onChange={(number) => onChange({ ...phone, number })} />
      <Field name={`${name}.whose`} label={t("victims.whose_phone")} mistake={mistakes[`${name}.whose`]}>
        {(control) => (
          <select {...control} value={phone.whose ?? "self"} onChange={(event) => onChange({ ...phone, whose: event.target.value as Phone["whose"] })}>
            <option value="self">{t("parts.own_phone")}</option>
            {relations.map(({ code }) => <option key={code} value={code}>{relation(code)}</option>)}
          </select>
        )}
      </Field>
      <Ticks
        name={`${name}.mayRing`} kind="radio" legend={t("victims.ask_ring")} ticked={[phone.mayRing ? "yes" : "no"]}
        options={[{ value: "no", label: t("ui.do_not_ring") }, { value: "yes", label: t("ui.may_ring") }]}
        onChange={([may]) => onChange({ ...phone, mayRing: may === "yes" })}
      />
      {phone.mayRing && (
        <>
          <TextField name={`${name}.when`} label={t("parts.safe_times")} value={phone.when ?? ""} onChange={(when) => onChange({ ...phone, when: when || null })} />
          <TextField name={`${name}.askFor`} label={t("parts.ask_for")} value={phone.askFor ?? ""} onChange={(askFor) => onChange({ ...phone, askFor: askFor || null })} />
          <TextField name={`${name}.neverSay`} label={t("parts.never_say")} value={phone.neverSay ?? ""} onChange={(neverSay) => onChange({ ...phone, neverSay: neverSay || null })} />
        </>
      )}
      <Button kind="plain" onClick={drop}>{t("victims.drop_phone")}</Button>
    </div>
  );
}
