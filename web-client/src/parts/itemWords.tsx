import type { ReactNode } from "react";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import type { components } from "#api/generated.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";

type Schemas = components["schemas"];
type Body = Schemas["Item"];

/** Whom goals name, as the server gives them with the item. */
export type Owners = Pick<Schemas["RecordView"], "workers" | "agencies">;

/** One member of an item as people read it; without a value nothing was written. */
export type ItemWord = { member: keyof Body; label: string; value: ReactNode };

/** The members of an item, in the order in which they are read. */
export function useItemWords(): (body: Body, owners?: Owners) => ItemWord[] {
  const t = useText();
  const language = useLanguage();
  const type = useLabel("exploitation_type");
  const means = useLabel("means_of_control");
  const indicator = useLabel("screening_indicator");
  const place = useLabel("incident_place_kind");
  const industry = useLabel("industry");
  const relation = useLabel("relation_kind");
  const check = useLabel("claimant_check");
  const conflict = useLabel("guardian_conflict");
  const finding = useLabel("visit_finding");
  const visit = useLabel("follow_up_kind");
  const evidence = useLabel("age_evidence_kind");
  const happened = useLabel("critical_incident_kind");
  const shows = useLabel("document_kind");
  const category = useLabel("service_category");
  const state = useLabel("goal_state");
  const district = useDistrictName();
  const name = useName();
  const day = (date: string | null | undefined): string | undefined => (date ? formatDate(date, language) : undefined);
  const list = (codes: readonly string[] | null | undefined, label: (code: string) => string): string | undefined => codes?.map(label).join(t("parts.comma"));
  const owner = (goal: Schemas["PlanGoal"], owners: Owners | undefined): string | undefined => {
    const agency = owners?.agencies.find(({ id }) => id === goal.agencyId);
    return [owners?.workers.find(({ id }) => id === goal.workerId)?.displayName, agency && name(agency)].filter(Boolean).join(t("parts.comma")) || undefined;
  };
  return (body, owners) => [
    { member: "types", label: t("parts.types"), value: list(body.types, type) },
    { member: "means", label: t("parts.means"), value: list(body.means, means) },
    { member: "indicators", label: t("parts.indicators"), value: list(body.indicators, indicator) },
    { member: "placeKind", label: t("parts.place_kind"), value: body.placeKind && place(body.placeKind) },
    { member: "industry", label: t("parts.industry"), value: body.industry && industry(body.industry) },
    { member: "district", label: t("parts.district"), value: body.district && district(body.district) },
    { member: "from", label: t("parts.incident_from"), value: day(body.from) },
    { member: "to", label: t("parts.incident_to"), value: day(body.to) },
    { member: "shows", label: t("parts.shows"), value: body.shows && shows(body.shows) },
    { member: "relation", label: t("parts.relation"), value: body.relation && relation(body.relation) },
    { member: "claims", label: t("parts.claims"), value: body.claims ? t("parts.yes") : undefined },
    // Whoever is not checked is named as such: silence would look like trust.
    { member: "checkedBy", label: t("parts.checked_by"), value: body.relation && (body.checkedBy ? check(body.checkedBy) : t("parts.not_checked")) },
    { member: "conflict", label: t("parts.conflict"), value: body.conflict && conflict(body.conflict) },
    { member: "checkedOn", label: t("parts.checked_on"), value: day(body.checkedOn) },
    { member: "evidence", label: t("parts.evidence"), value: body.evidence && evidence(body.evidence) },
    { member: "bornOn", label: t("parts.born_on"), value: day(body.bornOn) },
    { member: "years", label: t("parts.years_old"), value: body.years },
    { member: "least", label: t("parts.years_least"), value: body.least },
    { member: "most", label: t("parts.years_most"), value: body.most },
    { member: "happened", label: t("parts.happened"), value: body.happened && happened(body.happened) },
    { member: "visit", label: t("parts.visit"), value: body.visit && visit(body.visit) },
    { member: "findings", label: t("parts.findings"), value: list(body.findings, finding) },
    {
      member: "goals", label: t("parts.goals"), value: body.goals && (
        <ul className="stack-tight">
          {body.goals.map((goal, index) => (
            <li key={index}>
              <bdi>{goal.text}</bdi>
              <p className="quiet small">{[category(goal.category), state(goal.state), day(goal.dueOn)].filter(Boolean).join(t("parts.comma"))}</p>
              {owner(goal, owners) && <p className="small">{t("parts.seen_to_by")} <bdi>{owner(goal, owners)}</bdi></p>}
              {(goal.actions ?? []).length > 0 && <ul className="steps">{(goal.actions ?? []).map((step, i) => <li key={i}>{t(step.done ? "parts.step_done" : "parts.step_open")} <bdi>{step.text}</bdi></li>)}</ul>}
            </li>
          ))}
        </ul>
      ),
    },
    { member: "reviewOn", label: t("parts.review_on"), value: day(body.reviewOn) },
    { member: "text", label: t("parts.words"), value: body.text && <bdi>{body.text}</bdi> },
  ];
}
