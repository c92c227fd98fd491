import type { ReactNode } from "react";
import { useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { StatusChip } from "#ui/Chips.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { useActionWords } from "./actions.ts";
import type { Row } from "./audit.ts";

/** Who did what, and when: agencies, roles and codes, no name. What only an inquiry needs is folded away. */
export function AuditRow({ row }: { row: Row }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const words = useActionWords();
  const name = useName();
  const role = useLabel("access_role");
  const group = useLabel("data_group");
  const { at, agency, groups, outcome, action } = row;
  const roles = row.role === "" ? [] : row.role.split(",").map(role);
  return (
    <li className="card stack-tight">
      <div className="spread">
        <strong>{words(action)}</strong>
        {outcome !== "done" && <StatusChip family="not">{t("audit.refused")}</StatusChip>}
      </div>
      {groups.length > 0 && <p>{groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))).join(t("parts.comma"))}</p>}
      <p className="quiet small">{[agency ? name(agency) : t("audit.system"), ...roles].join(t("parts.comma"))} · <time dateTime={at}>{formatMoment(at, language)}</time></p>
      <Details row={row} />
    </li>
  );
}

function Details({ row }: { row: Row }): ReactNode {
  const t = useText();
  const { position, outcome, victimId, subjectKind, subjectId, workerId, clientId, facts } = row;
  const code = (value: string): ReactNode => <bdi dir="ltr" className="id small">{value}</bdi>;
  const ids: [string, string | null | undefined][] = [[t("audit.case"), victimId], [t("audit.worker"), workerId], [t("audit.client"), clientId]];
  return (
    <details>
      <summary className="small">{t("audit.details")}</summary>
      <CheckAnswers
        bare
        facts={[
          { label: t("audit.position"), value: position ?? t("audit.unsealed") },
          { label: t("audit.outcome"), value: outcome === "done" ? t("audit.done") : code(outcome) },
          ...ids.filter(([, id]) => id).map(([label, id]) => ({ label, value: code(id ?? "") })),
          ...(subjectId && subjectId !== victimId ? [{ label: t("audit.subject"), value: <>{code(subjectKind ?? "")} {code(subjectId)}</> }] : []),
          ...Object.entries(facts).map(([label, value]) => ({ label, value: code(value) })),
        ]}
      />
    </details>
  );
}
