import type { ReactNode } from "react";
import { useDistrictName, useLabel } from "#api/reference.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import type { Word } from "#parts/Conflict.tsx";
import type { DocumentKind, Documents } from "./documents.ts";

/** The fields of a document as people read them, in the order in which the form asks. */
export function useDocumentWords<Kind extends DocumentKind>(kind: Kind): (value: Documents[Kind]) => Word[] {
  const identity = useIdentityWords();
  const contact = useContactWords();
  const health = useHealthWords();
  const words: { [One in DocumentKind]: (value: Documents[One]) => Word[] } = { identity, contact, health };
  return words[kind];
}

const said = (text: string | null | undefined): ReactNode => text && <bdi>{text}</bdi>;

function useIdentityWords(): (value: Documents["identity"]) => Word[] {
  const t = useText();
  const language = useLanguage();
  const evidence = useLabel("age_evidence_kind");
  return ({ name, fatherName, aliases, nationalId, nationalIdKind, birth, nationality }) => [
    { member: "name.ur", label: t("victims.name_ur"), value: said(name?.ur) },
    { member: "name.latin", label: t("victims.name_latin"), value: said(name?.latin) },
    { member: "fatherName.ur", label: t("victims.father_ur"), value: said(fatherName?.ur) },
    { member: "fatherName.latin", label: t("victims.father_latin"), value: said(fatherName?.latin) },
    {
      member: "aliases", label: t("victims.aliases"),
      value: aliases && aliases.length > 0 && <ul>{aliases.map(({ ur, latin }) => <li key={`${ur ?? ""} ${latin ?? ""}`}>{said(ur)} {said(latin)}</li>)}</ul>,
    },
    { member: "nationalId", label: t("victims.national_id"), value: nationalId && <><bdi dir="ltr">{nationalId}</bdi> {evidence(nationalIdKind)}</> },
    {
      member: "birth", label: t("ui.age"),
      value: birth?.on ? `${/^\d{4}-\d{2}-\d{2}$/.test(birth.on) ? formatDate(birth.on, language) : birth.on}${t("parts.comma")}${evidence(birth.evidence)}`
        : birth?.years ? t("parts.about_years", { years: birth.years, when: birth.asOf ? formatDate(birth.asOf, language) : "" })
        : birth && t("ui.not_known"),
    },
    { member: "nationality", label: t("victims.nationality"), value: said(nationality) },
  ];
}

function useContactWords(): (value: Documents["contact"]) => Word[] {
  const t = useText();
  const relation = useLabel("relation_kind");
  const language = useLabel("language");
  const districtName = useDistrictName();
  return ({ phones, address, district, safeContact }) => [
    ...(["ring", "message", "visit"] as const).map((way) => ({ member: `safeContact.${way}`, label: t(`victims.way_${way}`), value: t(safeContact?.[way] ? "parts.yes" : "parts.no") })),
    { member: "safeContact.times", label: t("parts.safe_times"), value: said(safeContact?.times) },
    { member: "safeContact.askFor", label: t("parts.ask_for"), value: said(safeContact?.askFor) },
    { member: "safeContact.neverSay", label: t("parts.never_say"), value: said(safeContact?.neverSay) },
    { member: "safeContact.language", label: t("victims.speak_in"), value: safeContact?.language && language(safeContact.language) },
    {
      member: "phones", label: t("victims.phone"),
      value: phones && phones.length > 0 && (
        <ul>
          {phones.map(({ number, whose, mayRing, when, askFor, neverSay }, index) => (
            <li key={index}>
              <bdi dir="ltr">{number}</bdi>{t("parts.comma")}{whose === "self" || !whose ? t("parts.own_phone") : relation(whose)}{t("parts.comma")}{t(mayRing ? "ui.may_ring" : "ui.do_not_ring")}
              {[when, askFor, neverSay].filter(Boolean).map((words) => <bdi key={words}> · {words}</bdi>)}
            </li>
          ))}
        </ul>
      ),
    },
    { member: "address", label: t("parts.address"), value: said(address) },
    { member: "district", label: t("parts.district"), value: district && districtName(district) },
  ];
}

function useHealthWords(): (value: Documents["health"]) => Word[] {
  const t = useText();
  const domain = useLabel("disability_wg_domain");
  const level = useLabel("disability_wg_level");
  return ({ urgentNotes, conditions, medication, allergies, pregnant, disability }) => [
    { member: "urgentNotes", label: t("parts.urgent_notes"), value: said(urgentNotes) },
    { member: "conditions", label: t("parts.conditions"), value: said(conditions) },
    { member: "medication", label: t("parts.medication"), value: said(medication) },
    { member: "allergies", label: t("parts.allergies"), value: said(allergies) },
    { member: "pregnant", label: t("parts.pregnancy"), value: typeof pregnant === "boolean" && t(pregnant ? "parts.yes" : "parts.no") },
    {
      member: "disability", label: t("victims.difficulties"),
      value: disability && disability.length > 0 && <ul>{disability.map((one) => <li key={one.domain}>{domain(one.domain)}: {level(one.level)}</li>)}</ul>,
    },
  ];
}
