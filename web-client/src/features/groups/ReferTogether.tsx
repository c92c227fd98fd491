import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import type { VictimRow } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { MatchLine } from "#parts/MatchCard.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { type Needing, useDraftTogether, useHousehold, useMatchesOfAll, useNeedTogether, type Wanted } from "./groups.ts";

/** Siblings who need the same go to one place: who goes, then who can take all of them. */
export default function ReferTogether({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const household = useHousehold(id);
  const [needing, setNeeding] = useState<Needing[]>();
  const [together, setTogether] = useState(true);
  const back = (): void => go("/cases");
  if (!household.data) {
    return <Page title={t("groups.refer")} back={back}><Loaded query={household}>{() => null}</Loaded></Page>;
  }
  return needing
    ? <Whither needing={needing} together={together} back={() => setNeeding(undefined)} />
    : <Who rows={household.data.filter(({ status }) => status === "open")} together={together} setTogether={setTogether} back={back} onDone={setNeeding} />;
}

type WhoProps = { rows: readonly VictimRow[]; together: boolean; setTogether: (together: boolean) => void; back: () => void; onDone: (needing: Needing[]) => void };

function Who({ rows, together, setTogether, back, onDone }: WhoProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const glimpse = useGlimpse();
  const category = useLabel("service_category");
  const urgency = useLabel("urgency");
  const { data: categories = [] } = useTaxonomy("service_category");
  const { data: urgencies = [] } = useTaxonomy("urgency");
  const [ticked, setTicked] = useState(() => rows.map(({ id }) => id));
  const [code, setCode] = useState<Wanted["category"] | "">("");
  const [level, setLevel] = useState<Wanted["urgency"]>("high");
  const [attempt, setAttempt] = useState(0);
  const need = useNeedTogether();
  const mistakes: Mistakes = attempt === 0 ? {} : {
    ...(ticked.length < 2 && { who: t("groups.lacks_who") }),
    ...(!code && { category: t("groups.lacks_need") }),
  };
  return (
    <QuestionPage
      question={t("groups.refer")} tabTitle={t("groups.refer")} back={back} mistakes={mistakes} attempt={attempt} busy={need.isPending}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (code && ticked.length > 1) {
          need.mutate({ category: code, urgency: level, victimIds: ticked }, { onSuccess: onDone });
        }
      }}
    >
      {need.error && <Banner kind="warning" live>{sentence(need.error)}</Banner>}
      <Ticks
        name="who" legend={t("groups.who")} mistake={mistakes["who"]} ticked={ticked} onChange={setTicked}
        options={rows.map((row) => ({ value: row.id, label: glimpse(row), hint: <bdi dir="ltr">{row.caseCode}</bdi> }))}
      />
      <Field name="category" label={t("groups.need")} mistake={mistakes["category"]}>
        {(control) => (
          <select {...control} value={code} onChange={(event) => setCode(event.target.value as typeof code)}>
            <option value="">{t("groups.choose")}</option>
            {categories.filter(({ retired }) => !retired).map((one) => <option key={one.code} value={one.code}>{category(one.code)}</option>)}
          </select>
        )}
      </Field>
      <Field name="urgency" label={t("parts.urgency")}>
        {(control) => (
          <select {...control} value={level} onChange={(event) => setLevel(event.target.value as typeof level)}>
            {urgencies.map((one) => <option key={one.code} value={one.code}>{urgency(one.code)}</option>)}
          </select>
        )}
      </Field>
      <Ticks
        name="together" legend={t("groups.stay")} legendHidden options={[{ value: "together", label: t("groups.stay"), hint: t("groups.stay_hint") }]}
        ticked={together ? ["together"] : []} onChange={(now) => setTogether(now.length > 0)}
      />
    </QuestionPage>
  );
}

function Whither({ needing, together, back }: { needing: readonly Needing[]; together: boolean; back: () => void }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const sentence = useProblemText();
  const queries = useMatchesOfAll(needing);
  const draft = useDraftTogether();
  const [picked, setPicked] = useState<string>();
  const wrong = queries.find(({ error }) => error);
  const found = queries.map(({ data }) => data?.items);
  if (wrong || found.some((items) => items === undefined)) {
    return <Page title={t("groups.whither")} back={back}>{wrong ? <Loaded query={wrong}>{() => null}</Loaded> : <Waiting />}</Page>;
  }
  const lists = found.map((items) => items ?? []);
  // Who fits each of them, in the order of the first; room for all comes first.
  const all = (lists[0] ?? []).filter(({ service }) => lists.every((items) => items.some((one) => one.service.id === service.id)));
  const roomy = (free: number | null | undefined): boolean => free == null || free >= needing.length;
  const offered = [...all].sort((a, b) => Number(roomy(b.freePlaces)) - Number(roomy(a.freePlaces)));
  const chosen = picked ?? offered[0]?.service.id;
  const uncovered = (serviceId: string): number => lists.filter((items) => !items.find((one) => one.service.id === serviceId)?.covered).length;
  return (
    <QuestionPage
      question={t("groups.whither")} tabTitle={t("groups.refer")} back={back} busy={draft.isPending} continueLabel={t("groups.prepare", { count: needing.length })}
      {...(chosen && { onContinue: () => draft.mutate({ needing, serviceId: chosen, together }, { onSuccess: ({ id }) => go(`/groups/${id}`) }) })}
    >
      {draft.error && <Banner kind="warning" live>{sentence(draft.error)}</Banner>}
      {offered.length === 0 ? <Empty>{t("groups.nobody")}</Empty> : (
        <Ticks
          name="service" kind="radio" legend={t("groups.whither")} legendHidden ticked={chosen ? [chosen] : []} onChange={([one]) => setPicked(one)}
          options={offered.map((match) => ({
            value: match.service.id, label: <MatchLine match={match} />,
            hint: [
              ...(roomy(match.freePlaces) ? [] : [t("groups.no_room_for_all")]),
              ...(uncovered(match.service.id) > 0 ? [t("groups.not_asked", { count: uncovered(match.service.id) })] : []),
            ].join(t("parts.comma")) || undefined,
          }))}
        />
      )}
      <p className="quiet">{t("groups.what_goes_along")}</p>
    </QuestionPage>
  );
}
