import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useDistricts, useLabel, useTaxonomy } from "#api/reference.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { WaysLeft } from "#parts/WaysLeft.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Choices, Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { useItemLabel } from "./items.ts";
import { useItems } from "./reads.ts";
import { purposes, recipientKinds, usualGroups } from "./recipients.ts";
import type { BasisDraft } from "#api/shapes.ts";
import type { Group, Plan } from "./plan.ts";
import { scriptVersion, useRecordPermission } from "./recordPermission.ts";
import type { StepProps } from "./Refer.tsx";

type Capacity = "self" | "self_mature_child" | "guardian_with_assent" | "guardian_child_too_young" | "supported_decision";

const byGuardian = (capacity: Capacity): boolean => capacity.startsWith("guardian");

/** Who allows it, then what is read aloud and agreed to. */
export function Permission(props: StepProps): ReactNode {
  const t = useText();
  const [capacity, setCapacity] = useState<Capacity>();
  const { victim, next, plan, frame } = props;
  if (capacity) {
    return <Agreement {...props} capacity={capacity} back={() => setCapacity(undefined)} />;
  }
  const offered: readonly Capacity[] = victim.asChild
    ? ["guardian_with_assent", "guardian_child_too_young", "self_mature_child"]
    : ["self", "supported_decision"];
  return (
    <QuestionPage key="who" {...frame} question={t("refer.ask_permission")} hint={t("refer.permission_hint")}>
      <Choices options={offered.map((value) => ({ value, label: t(`refer.capacity_${value}`) }))} onChoose={setCapacity} />
      {victim.asChild && <Banner kind="info">{t("refer.no_guardian")}</Banner>}
      {victim.may.shareWithoutConsent && (
        <div className="row">
          {victim.asChild && <ButtonLink href={`/cases/${victim.id}/permissions/new/best-interests`}>{t("victims.new_best-interests")}</ButtonLink>}
          <ButtonLink href={`/cases/${victim.id}/permissions/new/emergencies`}>{t("victims.new_emergencies")}</ButtonLink>
        </div>
      )}
      <Button kind="plain" onClick={() => next("matches", { ...plan, groups: plan.groups.length > 0 ? plan.groups : usualGroups(props.chosen.map((need) => need.category)) })}>{t("refer.already_allowed")}</Button>
    </QuestionPage>
  );
}

type Relation = BasisDraft["givenBy"]["relation"];
type Form = BasisDraft["form"];
const guardians: readonly Relation[] = ["mother", "father", "grandmother", "grandfather", "brother", "sister", "paternal_uncle", "maternal_uncle", "paternal_aunt", "maternal_aunt", "legal_guardian", "other_relative"];
const groupsOffered: readonly Group[] = ["identity", "contact", "demographics", "health"];
const forms: readonly Form[] = ["thumb_print", "signed", "verbal_with_witness"];

/** What had been chosen for each provider, as far as it was agreed to; with one provider, all that was agreed to. */
function agreed({ services, shares }: Plan, groups: Group[], records: string[]): Plan["shares"] {
  return Object.keys(services).length < 2 ? {}
    : Object.fromEntries(Object.entries(shares).map(([needId, share]) => [needId, { groups, records: share.records.filter((id) => records.includes(id)) }]));
}

function Agreement({ victim, chosen, plan, next, frame, capacity, back }: StepProps & { capacity: Capacity; back: () => void }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const sentence = useProblemText();
  const record = useRecordPermission(victim.id);
  const relation = useLabel("relation_kind");
  const groupLabel = useLabel("data_group");
  const form = useLabel("consent_form");
  const kindLabel = useLabel("agency_kind");
  const spoken = useLabel("language");
  const { data: languages = [] } = useTaxonomy("language");
  const { data: districts = [] } = useDistricts();
  const categories = chosen.map((need) => need.category);
  const { data: items = [] } = useItems(victim.id);
  const label = useItemLabel();
  const [groups, setGroups] = useState(() => usualGroups(categories));
  // Asked again, it is asked for what somebody wants to send.
  const [records, setRecords] = useState(() => [...new Set([...plan.records, ...Object.values(plan.shares).flatMap((share) => share.records)])]);
  const [kinds, setKinds] = useState(() => recipientKinds(categories));
  const [guardian, setGuardian] = useState<Relation>();
  const [way, setWay] = useState<Form>();
  const [witness, setWitness] = useState("");
  const [tongue, setTongue] = useState(language === "ur" ? "urd" : victim.languages[0] ?? "urd");
  const [attempt, setAttempt] = useState(0);
  const [basisId] = useState(() => crypto.randomUUID());

  const mistakes: Mistakes = attempt === 0 ? {} : Object.fromEntries([
    byGuardian(capacity) && !guardian && ["guardian", t("refer.lacks_guardian")],
    kinds.length === 0 && ["kinds", t("refer.lacks_kinds")],
    !way && ["form", t("refer.lacks_form")],
    way === "verbal_with_witness" && !witness.trim() && ["witness", t("refer.lacks_witness")],
  ].filter((one) => Array.isArray(one)));
  const province = districts.find(({ code }) => code === victim.district)?.provinceCode;

  const agree = (refused: boolean): void => {
    setAttempt(attempt + 1);
    if (!way || kinds.length === 0 || (byGuardian(capacity) && !guardian) || (way === "verbal_with_witness" && !witness.trim())) {
      return;
    }
    record.mutate({
      id: basisId, kind: "consent", refused, capacity, form: way, language: tongue as NonNullable<BasisDraft["language"]>, scriptVersion,
      givenBy: { relation: guardian ?? "self" },
      ...(way === "verbal_with_witness" && { witness: witness.trim() }),
      groups, records, purposes: purposes(categories),
      recipients: { kinds, districts: province ? [province] : [] },
    }, {
      onSuccess: () => (refused ? frame.saveAndLeave() : next("matches", { ...plan, groups, records, shares: agreed(plan, groups, records) })),
    });
  };

  return (
    <QuestionPage
      key="agree" {...frame} back={back} question={t("refer.read_aloud")} mistakes={mistakes} attempt={attempt}
      continueLabel={t("refer.they_agree")} busy={record.isPending} onContinue={() => agree(false)}
    >
      <blockquote className="card read-aloud stack-tight">
        <p>{t("refer.script_1", { groups: ["minimum", ...groups].map((one) => (one === "minimum" ? t("refer.minimum") : groupLabel(one))).join(t("parts.comma")) })}</p>
        {records.length > 0 && <p>{t("refer.script_items", { items: items.filter(({ id }) => records.includes(id)).map(label).join(t("parts.semicolon")) })}</p>}
        <p>{t("refer.script_2", { kinds: kinds.map(kindLabel).join(t("parts.comma")) })}</p>
        <p>{t("refer.script_3")}</p>
      </blockquote>
      <Ticks name="groups" legend={t("refer.ask_groups")} hint={t("refer.groups_hint")} options={groupsOffered.map((value) => ({ value, label: groupLabel(value) }))} ticked={groups} onChange={setGroups} />
      {items.length > 0 && (
        <Ticks
          name="records" legend={t("refer.ask_items")} hint={t("refer.ask_items_hint")} ticked={records} onChange={setRecords}
          options={items.map((item) => ({ value: item.id, label: label(item), hint: item.restricted ? t("refer.item_restricted") : undefined }))}
        />
      )}
      {byGuardian(capacity) && (
        <Field name="guardian" label={t("refer.ask_guardian")} mistake={mistakes["guardian"]}>
          {(control) => (
            <select {...control} value={guardian ?? ""} onChange={(event) => setGuardian((event.target.value || undefined) as Relation | undefined)}>
              <option value="">{t("refer.choose")}</option>
              {guardians.map((code) => <option key={code} value={code}>{relation(code)}</option>)}
            </select>
          )}
        </Field>
      )}
      <Ticks name="form" kind="radio" legend={t("refer.ask_form")} mistake={mistakes["form"]} options={forms.map((value) => ({ value, label: form(value) }))} ticked={way ? [way] : []} onChange={([one]) => setWay(one)} />
      {way === "verbal_with_witness" && <TextField name="witness" kind="name" label={t("refer.witness")} hint={t("refer.witness_hint")} mistake={mistakes["witness"]} value={witness} onChange={setWitness} />}
      <details open={mistakes["kinds"] !== undefined}>
        <summary>{t("refer.change_whom")}</summary>
        <div className="stack">
          <Ticks name="kinds" legend={t("refer.ask_kinds")} mistake={mistakes["kinds"]} options={recipientKinds(categories).map((value) => ({ value, label: kindLabel(value) }))} ticked={kinds} onChange={setKinds} />
          <Field name="tongue" label={t("refer.ask_language")}>
            {(control) => (
              <select {...control} value={tongue} onChange={(event) => setTongue(event.target.value)}>
                {languages.map(({ code }) => <option key={code} value={code}>{spoken(code)}</option>)}
              </select>
            )}
          </Field>
        </div>
      </details>
      {record.error && (record.error.code === "guardian_conflicted" ? <WaysLeft victimId={victim.id} problem={record.error} /> : <Banner kind="warning" live>{sentence(record.error)}</Banner>)}
      <Button busy={record.isPending} onClick={() => agree(true)}>{t("refer.they_refuse")}</Button>
    </QuestionPage>
  );
}
