import { type ReactNode, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import type { BasisView } from "#api/shapes.ts";
import { useLabel, useName, useTaxonomy } from "#api/reference.ts";
import { formatMoment, localMinute } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { useAgencies, useAgencyOption } from "#parts/agencies.ts";
import { useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, Field, fieldMistakes, type Mistakes, TextField } from "#ui/Field.tsx";
import { FilterList } from "#ui/FilterList.tsx";
import { Page } from "#ui/Page.tsx";
import { useVictim } from "./getVictim.ts";
import { useHousehold } from "./Household.tsx";
import { useItems } from "./items.ts";
import { useBases } from "./bases.ts";
import { type Group, type Purpose, type UnaskedKind, unaskedKinds, useLaws, useRecordUnasked } from "./unasked.ts";
import { type Answers, carried, draftOf, nothing } from "./unaskedAnswers.ts";

/** What each kind asks for; a word that ends in * must be there. */
const asks: Record<UnaskedKind, { words: readonly string[]; shares: boolean; purposes?: Purpose; until: "needed" | "any" | "none" }> = {
  "best-interests": { words: ["reason*", "childSaid", "tried", "risks"], shares: true, purposes: "provide_service", until: "needed" },
  orders: { words: ["court*", "orderNumber*", "judge", "note"], shares: true, purposes: "legal_proceedings", until: "needed" },
  duties: { words: ["section*", "note"], shares: true, purposes: "statutory_report", until: "needed" },
  emergencies: { words: ["whyNotAsked*"], shares: true, until: "none" },
  guardianships: { words: ["guardianName*", "authority*", "orderNumber", "judge", "note"], shares: false, until: "any" },
  "legal-holds": { words: ["authority*", "orderNumber", "reason*"], shares: false, until: "any" },
};
const ordered: readonly UnaskedKind[] = ["orders", "guardianships", "legal-holds"];
const long = new Set(["reason", "childSaid", "tried", "risks", "note", "whyNotAsked"]);
const groupsOffered: readonly Group[] = ["identity", "contact", "demographics", "health", "legal", "family"];
const purposesOffered: readonly Purpose[] = ["provide_service", "medical_treatment", "protection", "legal_proceedings", "statutory_report", "family_tracing", "documentation"];

const isKind = (kind: string): kind is UnaskedKind => (unaskedKinds as readonly string[]).includes(kind);

/** One form for each kind of what allows sharing though nobody was asked. */
export default function Unasked({ id, kind }: { id: string; kind: string }): ReactNode {
  const instead = new URLSearchParams(useSearch()).get("instead");
  if (!isKind(kind)) {
    return null;
  }
  return instead ? <Amending id={id} kind={kind} instead={instead} /> : <Form id={id} kind={kind} />;
}

/** Begins with what the one says whose place it takes. */
function Amending({ id, kind, instead }: { id: string; kind: UnaskedKind; instead: string }): ReactNode {
  return <Loaded query={useBases(id)}>{(bases) => <Form id={id} kind={kind} before={bases.find((basis) => basis.id === instead)} />}</Loaded>;
}

function Form({ id, kind, before }: { id: string; kind: UnaskedKind; before?: BasisView | undefined }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const sentence = useProblemText();
  const record = useRecordUnasked(id);
  const victim = useVictim(id).data;
  // The national office keeps orders of cases that it does not open.
  const isWhole = (victim?.groups.length ?? 0) > 0;
  const group = useLabel("data_group");
  const purpose = useLabel("purpose_of_sharing");
  const { words, shares, purposes, until } = asks[kind];
  const [basisId] = useState(() => crypto.randomUUID());
  const [attempt, setAttempt] = useState(0);
  const [answers, setAnswers] = useState<Answers>(() => ({ ...nothing(purposes), ...(before && carried(before)) }));
  const set = (change: Partial<Answers>): void => setAnswers({ ...answers, ...change });
  const said = (name: string): string => (answers.words[name] ?? "").trim();
  const lacks: Mistakes = Object.fromEntries([
    kind === "best-interests" && !answers.ground && ["ground", t("victims.lacks_ground")],
    kind === "duties" && !answers.law && ["instrumentId", t("victims.lacks_law")],
    ...words.filter((word) => word.endsWith("*") && !said(word.slice(0, -1))).map((word) => [word.slice(0, -1), t("victims.lacks_word", { what: t(`victims.word_${word.slice(0, -1)}` as TextId) })]),
    ordered.includes(kind) && !answers.orderedOn && ["orderedOn", t("victims.lacks_ordered_on")],
    shares && answers.agencies.length === 0 && ["agencies", t("victims.lacks_agencies")],
    purposes && answers.purposes.length === 0 && ["purposes", t("victims.lacks_purposes")],
    until === "needed" && !answers.until && ["validTo", t("victims.lacks_until")],
  ].filter((one) => Array.isArray(one)) as [string, string][]);
  const mistakes: Mistakes = { ...byControl(fieldMistakes(record.error)), ...(attempt > 0 && lacks) };
  const back = (): void => go(`/cases/${id}`);
  const send = (): void => {
    setAttempt(attempt + 1);
    if (Object.keys(lacks).length === 0) {
      record.mutate(draftOf(kind, basisId, answers, said, before?.id), { onSuccess: back });
    }
  };
  return (
    <Page title={t(`victims.new_${kind}` as TextId)} back={back} wrong={Object.keys(mistakes).length > 0}>
      <form
        noValidate className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!record.isPending) {
            send();
          }
        }}
      >
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        {record.error && record.error.fields.length === 0 && <Banner kind="warning" live>{sentence(record.error)}</Banner>}
        <p className="quiet">{t(`victims.about_${kind}` as TextId)}</p>
        {before && <Banner kind="info">{t("victims.takes_place")}</Banner>}
        {kind === "best-interests" && <Coded name="ground" taxonomy="best_interests_ground" legend={t("victims.ground")} mistake={mistakes["ground"]} value={answers.ground} onChange={(ground) => set({ ground })} />}
        {kind === "guardianships" && <Coded name="capacity" taxonomy="consent_capacity" only={["court_appointed_guardian", "state_custodian"]} legend={t("victims.appointed_as")} value={answers.capacity} onChange={(capacity) => set({ capacity })} />}
        {kind === "duties" && <Law mistake={mistakes["instrumentId"]} value={answers.law} onChange={(law) => set({ law })} />}
        {words.map((word) => word.replace("*", "")).map((name) => (
          <TextField
            key={name} name={name} label={t(`victims.word_${name}` as TextId)} mistake={mistakes[name]} value={answers.words[name] ?? ""} {...(long.has(name) && { lines: 3 })}
            {...(name === "guardianName" && { kind: "name" as const })} onChange={(value) => set({ words: { ...answers.words, [name]: value } })}
          />
        ))}
        {ordered.includes(kind) && <Day name="orderedOn" label={t("victims.ordered_on")} mistake={mistakes["orderedOn"]} max value={answers.orderedOn} onChange={(orderedOn) => set({ orderedOn })} />}
        {shares && (
          <>
            <Ticks name="groups" legend={t("victims.may_be_shared")} hint={t("victims.minimum_always")} options={groupsOffered.map((value) => ({ value, label: group(value) }))} ticked={answers.groups} onChange={(groups) => set({ groups })} />
            {isWhole && <Items victimId={id} ticked={answers.records} onChange={(records) => set({ records })} />}
            {kind === "orders" && victim?.householdId && <Members victimId={id} householdId={victim.householdId} ticked={answers.members} onChange={(members) => set({ members })} />}
            <Whom mistake={mistakes["agencies"]} chosen={answers.agencies} onChange={(agencies) => set({ agencies })} />
          </>
        )}
        {purposes && <Ticks name="purposes" legend={t("victims.for_what")} mistake={mistakes["purposes"]} options={purposesOffered.map((value) => ({ value, label: purpose(value) }))} ticked={answers.purposes} onChange={(ticked) => set({ purposes: ticked })} />}
        {kind === "emergencies" && <Ticks name="hours" kind="radio" legend={t("victims.hours")} options={["6", "24", "72"].map((value) => ({ value, label: t("victims.for_hours", { count: Number(value) }) }))} ticked={[answers.hours]} onChange={([hours]) => hours && set({ hours })} />}
        {until !== "none" && <Day name="validTo" label={t("victims.until_when")} mistake={mistakes["validTo"]} value={answers.until} onChange={(value) => set({ until: value })} />}
        <Button type="submit" kind="primary" busy={record.isPending}>{t(kind === "best-interests" || kind === "orders" ? "victims.propose" : "victims.write_down")}</Button>
      </form>
    </Page>
  );
}

/** The server names members by where they stand in the body; the form has one control for each. */
function byControl(mistakes: Mistakes): Mistakes {
  return Object.fromEntries(Object.entries(mistakes).map(([name, sentence]) => [
    /^(recipients\.)?agencies/.test(name) ? "agencies" : /^(records|members)/.test(name) ? name.split(".")[0] ?? name : name === "guardian.name" ? "guardianName" : name, sentence,
  ]));
}

type CodedProps = { name: string; taxonomy: "best_interests_ground" | "consent_capacity"; only?: readonly string[]; legend: string; mistake?: string | undefined; value: string; onChange: (value: string) => void };

function Coded({ name, taxonomy, only, legend, mistake, value, onChange }: CodedProps): ReactNode {
  const word = useLabel(taxonomy);
  const { data: codes = [] } = useTaxonomy(taxonomy);
  return (
    <Ticks
      name={name} kind="radio" legend={legend} mistake={mistake} ticked={value ? [value] : []} onChange={([one]) => one && onChange(one)}
      options={codes.filter(({ code, retired }) => !retired && (only?.includes(code) ?? true)).map(({ code }) => ({ value: code, label: word(code) }))}
    />
  );
}

type NamedProps = { victimId: string; ticked: readonly string[]; onChange: (ids: string[]) => void };

/** Items are named one by one; of their words nothing is shown. */
function Items({ victimId, ticked, onChange }: NamedProps): ReactNode {
  const t = useText();
  const language = useLanguage();
  const kind = useLabel("record_kind");
  const { data: items = [] } = useItems(victimId);
  return items.length > 0 && (
    <details>
      <summary>{t("victims.items_too")}</summary>
      <Ticks
        name="records" legend={t("victims.items_too")} legendHidden ticked={ticked} onChange={onChange}
        options={items.map((item) => ({ value: item.id, label: `${kind(item.kind)}${t("parts.comma")}${formatMoment(item.at, language)}`, hint: item.restricted ? t("victims.restricted") : undefined }))}
      />
    </details>
  );
}

/** Each of them gets an order of their own, and a check of its own. */
function Members({ victimId, householdId, ticked, onChange }: NamedProps & { householdId: string }): ReactNode {
  const t = useText();
  const glimpse = useGlimpse();
  const others = (useHousehold(householdId).data ?? []).filter((row) => row.id !== victimId);
  return others.length > 0 && (
    <Ticks
      name="members" legend={t("victims.members_too")} hint={t("victims.members_hint")} ticked={ticked} onChange={onChange}
      options={others.map((row) => ({ value: row.id, label: glimpse(row), hint: row.caseCode }))}
    />
  );
}

type DayProps = { name: string; label: string; mistake?: string | undefined; max?: boolean; value: string; onChange: (value: string) => void };

function Day({ name, label, mistake, max = false, value, onChange }: DayProps): ReactNode {
  const [today] = useState(() => localMinute(new Date()).slice(0, 10));
  return (
    <Field name={name} label={label} mistake={mistake} short>
      {(control) => <input {...control} type="date" dir="ltr" {...(max ? { max: today } : { min: today })} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

function Law({ mistake, value, onChange }: { mistake: string | undefined; value: string; onChange: (value: string) => void }): ReactNode {
  const t = useText();
  const laws = useLaws(true);
  return (
    <Loaded query={laws}>
      {(all) => (
        <Field name="instrumentId" label={t("victims.which_law")} mistake={mistake}>
          {(control) => (
            <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
              <option value="">{t("victims.choose_law")}</option>
              {all.map(({ id, shortName, jurisdiction }) => <option key={id} value={id}>{shortName} ({jurisdiction})</option>)}
            </select>
          )}
        </Field>
      )}
    </Loaded>
  );
}

function Whom({ mistake, chosen, onChange }: { mistake: string | undefined; chosen: readonly string[]; onChange: (ids: string[]) => void }): ReactNode {
  const t = useText();
  const name = useName();
  const option = useAgencyOption();
  const agencies = useAgencies();
  const [adding, setAdding] = useState(chosen.length === 0);
  return (
    <section className={`stack-tight field${mistake ? " wrong" : ""}`} aria-labelledby="whom">
      <h2 id="whom">{t("victims.with_whom")}</h2>
      {mistake && <p className="wrong-text" id="control-agencies" tabIndex={-1}>{mistake}</p>}
      <Loaded query={agencies}>
        {(all) => (
          <>
            <ul className="facts">
              {all.filter(({ id }) => chosen.includes(id)).map((agency) => (
                <li key={agency.id} className="spread">
                  <strong>{name(agency)}</strong>
                  <Button kind="plain" onClick={() => onChange(chosen.filter((one) => one !== agency.id))}>{t("victims.leave_out")}</Button>
                </li>
              ))}
            </ul>
            {adding || chosen.length === 0
              ? (
                <FilterList
                  label={t("victims.find_agency")}
                  onChoose={(id) => {
                    onChange([...chosen, id]);
                    setAdding(false);
                  }}
                  options={all.filter(({ id, status }) => status === "active" && !chosen.includes(id)).map(option)}
                />
              )
              : <div><Button onClick={() => setAdding(true)}>{t("victims.one_more")}</Button></div>}
          </>
        )}
      </Loaded>
    </section>
  );
}
