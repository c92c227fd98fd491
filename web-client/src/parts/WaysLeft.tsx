import type { ReactNode } from "react";
import type { Problem } from "#api/problems.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";

const places: Record<string, "best-interests" | "orders" | "guardianships" | "emergencies"> = {
  proposeBestInterests: "best-interests", proposeOrder: "orders", recordGuardianship: "guardianships", recordEmergency: "emergencies",
};

/** Whose interest is against hers cannot decide: the server says which ways are left, and each is one tap away. */
export function WaysLeft({ victimId, problem }: { victimId: string; problem: Problem }): ReactNode {
  const t = useText();
  const named = problem.facts["waysLeft"];
  const ways = (Array.isArray(named) ? named : []).flatMap((way) => places[String(way)] ?? []);
  return (
    <Banner kind="warning" live>
      <p>{t("parts.cannot_decide")}</p>
      <ul className="stack-tight">{ways.map((way) => <li key={way}><ButtonLink href={`/cases/${victimId}/permissions/new/${way}`}>{t(`victims.new_${way}`)}</ButtonLink></li>)}</ul>
    </Banner>
  );
}
