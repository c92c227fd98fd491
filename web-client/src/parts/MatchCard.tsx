import type { ReactNode } from "react";
import { useName } from "#api/reference.ts";
import type { MatchView } from "#api/shapes.ts";
import { useText, useTextIfAny } from "#i18n/i18n.tsx";

/** Why this one: free now, how far, for whom. A hidden shelter shows no distance. */
export function MatchCard({ match }: { match: MatchView }): ReactNode {
  const t = useText();
  const name = useName();
  const reasons = useMatchReasons(match);
  return (
    <div className="stack-tight">
      <h3>{name(match.service)}</h3>
      <p className="quiet">{name(match.service.agency)}</p>
      <p>{reasons.join(t("parts.comma"))}</p>
    </div>
  );
}

/** The same in two lines, where one of several is chosen. */
export function MatchLine({ match }: { match: MatchView }): ReactNode {
  const t = useText();
  const name = useName();
  const reasons = useMatchReasons(match);
  return <>{name(match.service)} · {name(match.service.agency)}<small>{reasons.join(t("parts.comma"))}</small></>;
}

/** Free places, hours, distance and ages are told in figures; the other reasons by their code. */
function useMatchReasons({ service, freePlaces, distanceKm, openNow, reasons }: MatchView): string[] {
  const t = useText();
  const say = useTextIfAny();
  const ages = service.minAge == null && service.maxAge == null ? undefined
    : service.maxAge == null ? t("parts.ages_from", { from: service.minAge })
    : t("parts.ages", { from: service.minAge ?? 0, to: service.maxAge });
  return [
    freePlaces == null ? undefined
      : freePlaces === 0 ? t("parts.no_free_place")
      : t(reasons.includes("places_stale") ? "parts.free_places_counted" : "parts.free_places", { count: freePlaces }),
    openNow ? t("parts.open_now") : t("parts.closed_now"),
    distanceKm == null ? undefined : t("parts.km", { km: Math.round(distanceKm) }),
    ages,
    // The count has said already how old it is.
    ...reasons.filter((reason) => reason !== "places_stale" || !freePlaces).map((reason) => say(`parts.reason_${reason}`)),
  ].filter((reason) => reason !== undefined);
}
