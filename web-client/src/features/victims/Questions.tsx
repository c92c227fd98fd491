import { type ReactNode, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useDistricts, useLabel, useName, useTaxonomy } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Choices, type Option, Ticks } from "#ui/Choices.tsx";
import { type Mistakes, TextField } from "#ui/Field.tsx";
import { FilterList } from "#ui/FilterList.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Waiting } from "#ui/States.tsx";
import { Check } from "./Check.tsx";
import { SearchedQuestion } from "./Searched.tsx";
import { asked, type Band, type Category, isAnswered, kind, newRegistration, people, type Registration, type Step, type Who } from "./registration.ts";

export type QuestionProps = {
  me: Me;
  answers: Registration;
  change: (answers: Registration) => void;
  /** Keeps the answers and goes to the next question, or back to the check when the rest is answered. */
  next: (answers: Registration) => void;
  frame: { tabTitle: string; progress: string; back: () => void; saveAndLeave: () => void };
};

type Props = { me: Me; draftId: string; step: Step };

export function Questions({ me, draftId, step }: Props): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const [empty] = useState(newRegistration);
  const draft = useDraft(me.id, draftId, kind, empty);
  if (!draft.value) {
    return <main id="main" className="main"><Waiting /></main>;
  }
  // A draft may be older than a question.
  const answers = { ...empty, ...draft.value };
  const path = asked(answers);
  const here = path.indexOf(step);
  // Looking among the cases that are there belongs to the question before it.
  const counted = path.filter((one) => one !== "found");
  const firstOpen = path.find((one) => !isAnswered(answers, one)) ?? "check";
  const props: QuestionProps = {
    me,
    answers,
    change: draft.change,
    next: (after) => {
      const open = asked(after).find((one) => !isAnswered(after, one)) ?? "check";
      void draft.keep(after).finally(() => go(`/register/${draftId}/${open}`));
    },
    frame: {
      tabTitle: t("victims.register"),
      progress: t("victims.progress", { here: counted.indexOf(step === "found" ? "name" : step) + 1, all: counted.length }),
      back: () => go(here > 0 ? `/register/${draftId}/${path[here - 1]}` : "/register"),
      saveAndLeave: () => void draft.keep(answers).finally(() => go("/register")),
    },
  };
  switch (step) {
    case "name": return <NameQuestion {...props} />;
    case "found": return <SearchedQuestion {...props} />;
    case "who": return <WhoQuestion {...props} />;
    case "age": return <AgeQuestion {...props} />;
    case "district": return <DistrictQuestion {...props} />;
    case "danger": return <DangerQuestion {...props} />;
    case "needs": return <NeedsQuestion {...props} />;
    case "check": return firstOpen === "check"
      ? <Check me={me} draftId={draftId} answers={answers} frame={props.frame} drop={draft.drop} />
      : <Redirect to={`/register/${draftId}/${firstOpen}`} replace />;
  }
}

function NameQuestion({ answers, change, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const [attempt, setAttempt] = useState(0);
  const { ur, latin, fatherName } = answers;
  const isGiven = [ur, latin, fatherName].some((text) => text.trim());
  const lacking = attempt > 0 && !isGiven;
  const mistakes: Mistakes = lacking ? { ur: t("victims.lacks_name") } : {};
  // Another name has to be looked for anew.
  const name = (typed: Partial<Registration>): void => change({ ...answers, ...typed, searched: false, isNobody: false });
  return (
    <QuestionPage
      {...frame} question={t("victims.ask_before")} hint={t("victims.ask_before_hint")} mistakes={mistakes} attempt={attempt} continueLabel={t("victims.search")}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (isGiven) {
          next({ ...answers, nameAsked: true });
        }
      }}
    >
      <TextField name="ur" kind="name" lang="ur" label={t("victims.name_ur")} mistake={mistakes["ur"]} value={ur} onChange={(typed) => name({ ur: typed })} />
      <TextField name="latin" kind="name" lang="en" label={t("victims.name_latin")} value={latin} onChange={(typed) => name({ latin: typed })} />
      <TextField name="fatherName" kind="name" label={t("victims.father_either")} value={fatherName} onChange={(typed) => name({ fatherName: typed })} />
      <Button onClick={() => next({ ...answers, ur: "", latin: "", nameAsked: true })}>{t("victims.name_unknown")}</Button>
    </QuestionPage>
  );
}

function WhoQuestion({ answers, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const choose = (who: Who): void => {
    const { band, ...rest } = answers;
    const child = (who === "girl" || who === "boy") && band === "age_18_plus";
    next({ ...rest, who, ...(who === "woman" || who === "man" ? { band: "age_18_plus" } : band && !child ? { band } : {}) });
  };
  return (
    <QuestionPage {...frame} question={t("victims.ask_who")} hint={answers.isNobody && <span role="status">{t("victims.found_nobody")}</span>}>
      <Choices pairs chosen={answers.who} options={people.map((value) => ({ value, label: t(`victims.who_${value}`) }))} onChoose={choose} />
    </QuestionPage>
  );
}

function AgeQuestion({ answers, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const { data = [] } = useTaxonomy("age_band");
  const band = useLabel("age_band");
  const child = answers.who === "girl" || answers.who === "boy";
  const options = data.filter(({ code }) => !(child && code === "age_18_plus")).map(({ code }) => ({ value: code as Band, label: band(code) }));
  return (
    <QuestionPage {...frame} question={t("victims.ask_age")} hint={t("victims.ask_age_hint")}>
      <Choices pairs chosen={answers.band} options={options} onChoose={(chosen) => next({ ...answers, band: chosen })} />
    </QuestionPage>
  );
}

function DistrictQuestion({ me, answers, change, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const name = useName();
  const { data = [] } = useDistricts();
  const own = data.find(({ code }) => code === me.district);
  // One's own first, then its neighbours in the province, then the country.
  const near = (code: string): number => (code === own?.code ? 0 : 1);
  const options = data
    .filter(({ status }) => status === "active")
    .sort((a, b) => near(a.code) - near(b.code)
      || Number(b.provinceCode === own?.provinceCode) - Number(a.provinceCode === own?.provinceCode)
      || name(a).localeCompare(name(b)))
    .map((district) => ({ value: district.code, label: name(district), words: `${district.nameEn} ${district.nameUr}` }));
  return (
    <QuestionPage {...frame} question={t("victims.ask_district")}>
      <FilterList label={t("victims.find_district")} chosen={answers.district} options={options} onChoose={(district) => next({ ...answers, district })} />
      <details>
        <summary>{t("victims.add_place")}</summary>
        <TextField name="place" label={t("victims.place")} hint={t("victims.place_hint")} value={answers.place} onChange={(place) => change({ ...answers, place })} />
      </details>
    </QuestionPage>
  );
}

function DangerQuestion({ answers, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const options = (["yes", "no", "not_known"] as const).map((value) => ({
    value, label: t(`victims.danger_${value}`), ...(value === "yes" && { hint: t("victims.danger_yes_hint") }),
  }));
  return (
    <QuestionPage
      {...frame} question={t("victims.ask_danger")}
      hint={<>{t("victims.danger_ring")} <a href="tel:15"><bdi dir="ltr">15</bdi></a> · <a href="tel:1121"><bdi dir="ltr">1121</bdi></a></>}
    >
      <Choices chosen={answers.danger} options={options} onChoose={(danger) => next({ ...answers, danger })} />
    </QuestionPage>
  );
}

/** What is asked for most on the first day; the rest is one tap further. */
const usual: readonly Category[] = [
  "safe_shelter", "medical_care", "legal_aid", "police_protection", "mental_health_psychosocial",
  "food_clothing_essentials", "family_tracing_reunification", "child_protection_case_management",
];

function NeedsQuestion({ answers, change, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const category = useLabel("service_category");
  const { data = [] } = useTaxonomy("service_category");
  const [attempt, setAttempt] = useState(0);
  const chosen = answers.needs.map((need) => need.category);
  const rest = data.filter(({ retired }) => !retired).map(({ code }) => code as Category).filter((code) => !usual.includes(code));
  const mistakes: Mistakes = attempt > 0 && chosen.length === 0 ? { needs: t("victims.lacks_needs") } : {};
  const option = (code: Category): Option<Category> => ({ value: code, label: category(code) });
  const tick = (within: readonly Category[]) => (ticked: Category[]): void => {
    const kept = [...chosen.filter((one) => !within.includes(one)), ...ticked];
    change({
      ...answers,
      needs: kept.map((code) => answers.needs.find((need) => need.category === code) ?? { id: crypto.randomUUID(), category: code }),
    });
  };
  return (
    <QuestionPage
      {...frame} question={t("victims.ask_needs")} mistakes={mistakes} attempt={attempt}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (chosen.length > 0) {
          next(answers);
        }
      }}
    >
      {answers.danger === "yes" && <Banner kind="danger">{t("victims.emergency")}</Banner>}
      <Ticks name="needs" legend={t("victims.ask_needs")} legendHidden mistake={mistakes["needs"]} options={usual.map(option)} ticked={chosen} onChange={(ticked) => tick(usual)(ticked.filter((one) => usual.includes(one)))} />
      <details open={rest.some((code) => chosen.includes(code))}>
        <summary>{t("victims.more_needs")}</summary>
        <Ticks name="more" legend={t("victims.more_needs")} legendHidden options={rest.map(option)} ticked={chosen} onChange={(ticked) => tick(rest)(ticked.filter((one) => rest.includes(one)))} />
      </details>
    </QuestionPage>
  );
}
