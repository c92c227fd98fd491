import type { ReactNode } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useName } from "#api/reference.ts";
import type { MatchView, NeedView, ReferralView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { MatchLine } from "#parts/MatchCard.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import type { Share } from "./plan.ts";
import { useCovers, useMatches } from "./reads.ts";

/** The server takes no more. */
const most = 5;

type Props = { victimId: string; need: NeedView; referral: ReferralView; share: Share; picked: readonly string[]; onChange: (picked: string[]) => void };

/** Who is asked next, in which order, without anybody pressing anything. */
export function Fallbacks({ victimId, need, referral, share, picked, onChange }: Props): ReactNode {
  const t = useText();
  const name = useName();
  const matches = useMatches(victimId, need.id);
  return (
    <div className="stack-tight">
      <h3>{t("refer.if_they_cannot")}</h3>
      <Loaded query={matches}>
        {({ items }) => {
          const others = items.filter(({ service }) => service.id !== referral.service.id);
          const covered = others.filter((match) => match.covered);
          const next = picked.flatMap((id) => covered.filter(({ service }) => service.id === id));
          const offered = next.length < most ? covered : next;
          const gone = next.length < picked.length;
          const unasked = others.filter((match) => !match.covered);
          return (
            <>
              <p className="quiet">{t(others.length === 0 ? "refer.nobody_next" : "refer.next_hint", { name: name(referral.provider) })}</p>
              {next.length > 0 && (
                <ol className="facts next">
                  {next.map((match, index) => (
                    <Next
                      key={match.service.id} victimId={victimId} match={match} share={share} place={index + 1}
                      earlier={index === 0 ? undefined : () => onChange(swapped(next.map(({ service }) => service.id), index))}
                    />
                  ))}
                </ol>
              )}
              {gone && (
                <Banner kind="warning">
                  <p>{t("refer.next_gone")}</p>
                  <Button onClick={() => onChange(next.map(({ service }) => service.id))}>{t("refer.take_off")}</Button>
                </Banner>
              )}
              {covered.length > 0 && (
                <details>
                  <summary>{t("refer.choose_next")}</summary>
                  <Ticks
                    name={`next-of-${need.id}`} legend={t("refer.choose_next")} legendHidden hint={next.length < most ? undefined : t("refer.most_next", { count: most })}
                    options={offered.map((match) => ({ value: match.service.id, label: <MatchLine match={match} /> }))}
                    ticked={next.map(({ service }) => service.id)} onChange={onChange}
                  />
                </details>
              )}
              {unasked.length > 0 && <p className="quiet small">{t("refer.next_not_covered", { names: unasked.map(({ service }) => name(service.agency)).join(t("parts.comma")) })}</p>}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function swapped(ids: string[], index: number): string[] {
  return ids.map((id, at) => ids[at === index ? index - 1 : at === index - 1 ? index : at] ?? id);
}

type NextProps = { victimId: string; match: MatchView; share: Share; place: number; earlier: (() => void) | undefined };

/** The minimum is covered, or it would not be offered; whatever else goes along is asked here. */
function Next({ victimId, match: { service }, share, place, earlier }: NextProps): ReactNode {
  const t = useText();
  const name = useName();
  const { data: covers } = useCovers(victimId, service.agency.id, share);
  const lacking = covers && [...share.groups, ...share.records].some((piece) => covers(piece) === false);
  return (
    <li className="spread">
      <div>
        <strong>{place}. {name(service)}</strong>
        <div>{name(service.agency)}</div>
        {covers && <div className={lacking ? "wrong-text" : "quiet small"}>{t(lacking ? "refer.next_lacks" : "refer.covered")}</div>}
      </div>
      {earlier && <Button onClick={earlier}>{t("refer.ask_earlier")}<span className="visually-hidden"> {name(service)}</span></Button>}
    </li>
  );
}
