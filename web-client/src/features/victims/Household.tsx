import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { answer, api } from "#api/client.ts";
import { Loaded } from "#api/Loaded.tsx";
import type { Problem } from "#api/problems.ts";
import type { VictimRow } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { ButtonLink } from "#ui/Button.tsx";

type Props = { id: string; victimId: string; mayRefer: boolean };

/** Who was registered with her, and the way to refer them together. */
export function Household({ id, victimId, mayRefer }: Props): ReactNode {
  const t = useText();
  const glimpse = useGlimpse();
  const household = useHousehold(id);
  return (
    <Loaded query={household}>
      {(rows) => rows.length > 1 && (
        <section className="stack-tight" aria-labelledby="household">
          <h2 id="household">{t("victims.household")}</h2>
          <ul className="card facts">
            {rows.filter((row) => row.id !== victimId).map((row) => (
              <li key={row.id} className="spread"><Link href={`/cases/${row.id}`}>{glimpse(row)}</Link><span className="quiet"><CaseCode code={row.caseCode} /></span></li>
            ))}
          </ul>
          {mayRefer && <div className="row"><ButtonLink href={`/households/${id}/refer`}>{t("victims.refer_together")}</ButtonLink></div>}
        </section>
      )}
    </Loaded>
  );
}

export function useHousehold(id: string): UseQueryResult<VictimRow[], Problem> {
  return useQuery<VictimRow[], Problem>({
    queryKey: ["household", id],
    queryFn: async () => (await answer(api.GET("/api/v1/households/{id}", { params: { path: { id } } }))).items,
  });
}
