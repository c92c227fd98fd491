import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import type { NeedView } from "#api/shapes.ts";
import { useText, useTextIfAny } from "#i18n/i18n.tsx";
import { MatchCard, MatchLine } from "#parts/MatchCard.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Empty } from "#ui/States.tsx";
import { usePrepare } from "./prepare.ts";
import { type Matches as Found, useItems, useMatches } from "./reads.ts";
import type { StepProps } from "./Refer.tsx";

/** The best for each need is chosen already; one tap goes on. */
export function Matches({ victim, chosen, plan, next, frame }: StepProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const prepare = usePrepare(victim.id);
  // Where the case has items, the worker says which of them go along; where it has none, there is nothing to say.
  const items = useItems(victim.id);
  // What the pages below have found and chosen, by need.
  const [picked, setPicked] = useState<Record<string, string>>({});
  const [attempt, setAttempt] = useState(0);
  const ready = chosen.filter(({ id }) => picked[id]);
  const mistakes = attempt > 0 && ready.length === 0 ? { [`match-${chosen[0]?.id ?? ""}`]: t("refer.lacks_match") } : {};

  const go = (): void => {
    setAttempt(attempt + 1);
    if (ready.length === 0) {
      return;
    }
    const services = Object.fromEntries(ready.map((need) => [need.id, picked[need.id] ?? ""]));
    prepare.mutate({ needs: ready, plan: { ...plan, services } }, { onSuccess: (after) => next(items.data?.length ? "share" : "check", after) });
  };

  return (
    <QuestionPage
      {...frame} question={t("refer.ask_match", { count: chosen.length })} mistakes={mistakes} attempt={attempt}
      busy={prepare.isPending} onContinue={go}
    >
      {prepare.error && <Banner kind="warning" live>{sentence(prepare.error)}</Banner>}
      {chosen.map((need) => (
        <MatchesOf key={need.id} victimId={victim.id} need={need} picked={picked[need.id]} pick={(serviceId) => setPicked((before) => ({ ...before, [need.id]: serviceId }))} />
      ))}
    </QuestionPage>
  );
}

type OfProps = { victimId: string; need: NeedView; picked: string | undefined; pick: (serviceId: string) => void };

function MatchesOf({ victimId, need, picked, pick }: OfProps): ReactNode {
  const category = useLabel("service_category");
  const matches = useMatches(victimId, need.id);
  return (
    <section className="stack-tight" aria-label={category(need.category)}>
      <h2>{category(need.category)}</h2>
      <Loaded query={matches}>{(found) => <Choose found={found} victimId={victimId} need={need} picked={picked} pick={pick} />}</Loaded>
    </section>
  );
}

function Choose({ found, victimId, need, picked, pick }: OfProps & { found: Found }): ReactNode {
  const t = useText();
  const best = found.items.find(({ covered }) => covered) ?? found.items[0];
  const shown = found.items.find(({ service }) => service.id === picked) ?? best;
  if (shown && picked === undefined) {
    queueMicrotask(() => pick(shown.service.id));
  }
  if (!shown) {
    return <><Empty>{t("refer.no_match")}</Empty><Excluded found={found} /></>;
  }
  return (
    <>
      <div className="card chosen"><MatchCard match={shown} /></div>
      {!shown.covered && (
        <Banner kind="warning">
          <p>{t("refer.not_covered")}</p>
          <ButtonLink href={`/cases/${victimId}/refer/permission`}>{t("refer.ask_again")}</ButtonLink>
        </Banner>
      )}
      {found.items.length > 1 && (
        <details>
          <summary>{t("refer.others", { count: found.items.length - 1 })}</summary>
          <Ticks
            name={`match-${need.id}`} kind="radio" legend={t("refer.others", { count: found.items.length - 1 })} legendHidden
            options={found.items.map((match) => ({ value: match.service.id, label: <MatchLine match={match} />, hint: match.covered ? undefined : t("refer.not_covered") }))}
            ticked={[shown.service.id]} onChange={([one]) => one && pick(one)}
          />
        </details>
      )}
      <Excluded found={found} />
    </>
  );
}

/** Why the others do not fit: so that nobody rings them in vain. */
function Excluded({ found }: { found: Found }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const name = useName();
  return found.excluded.length > 0 && (
    <details>
      <summary>{t("refer.excluded", { count: found.excluded.length })}</summary>
      <ul className="facts card">
        {found.excluded.map(({ service, reasons }) => (
          <li key={service.id}>
            {name(service)}
            <div className="quiet small">{reasons.map((reason) => say(`parts.reason_${reason}`) ?? reason.replaceAll("_", " ")).join(t("parts.comma"))}</div>
          </li>
        ))}
      </ul>
    </details>
  );
}
