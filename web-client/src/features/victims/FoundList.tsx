import { type ReactNode, useEffect, useRef } from "react";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { type Family, StatusChip } from "#ui/Chips.tsx";
import { NameView } from "#ui/NameView.tsx";
import { type Column, WorkList } from "#ui/Work.tsx";
import type { FoundVictim, FoundVictims } from "./search.ts";
import { useShownNames } from "./useShownNames.ts";

const families: Record<FoundVictim["likeness"], Family> = { exact: "going", likely: "asks", possible: "waiting" };

type Props = {
  found: FoundVictims;
  /** Below a form that fills the screen: what was found takes the focus. */
  takesFocus?: boolean;
};

/** Who may be the same person, and why; no name until it is asked for. */
export function FoundList({ found, takesFocus = false }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const names = useShownNames();
  const district = useDistrictName();
  const glimpse = useGlimpse();
  const likeness = useLabel("likeness");
  const because = useLabel("like_because");
  const { items, more } = found;
  const { named } = names;
  const start = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) {
      start.current?.focus();
    }
  }, [takesFocus, found]);
  if (items.length === 0) {
    return <section ref={start} tabIndex={-1} className="sunk"><p role="status">{t("victims.found_nobody")}</p></section>;
  }
  const columns: Column<FoundVictim>[] = [
    { key: "likeness", heading: t("victims.how_alike"), card: "chip", cell: (row) => (
      <span className="row">
        <StatusChip family={families[row.likeness]}>{likeness(row.likeness)}</StatusChip>
        {row.status === "closed" && <StatusChip family="closed">{t("victims.case_closed")}</StatusChip>}
      </span>
    ) },
    ...(named ? [{ key: "name", heading: t("parts.name"), card: "chip" as const, cell: ({ id }: FoundVictim) => <NameView name={named.get(id)} /> }] : []),
    { key: "because", heading: t("victims.why_alike"), card: "text", cell: (row) => row.because.map(because).join(t("parts.comma")) },
    { key: "code", heading: t("parts.code"), card: "text", cell: ({ caseCode }) => <CaseCode code={caseCode} /> },
    { key: "district", heading: t("parts.district"), card: "text", cell: (row) => district(row.district) },
  ];
  return (
    <section ref={start} tabIndex={-1} className="stack" aria-labelledby="found">
      <div className="spread">
        <h2 id="found"><span role="status">{t("victims.found", { count: items.length })}</span></h2>
        <Button aria-expanded={named !== undefined} busy={names.busy} onClick={() => (named ? names.hide() : names.show(items.map(({ id }) => id)))}>
          {named ? t("ui.hide") : t("victims.show_names")}
        </Button>
      </div>
      {names.error && <Banner kind="warning" live>{sentence(names.error)}</Banner>}
      <WorkList
        caption={t("victims.found_cases")} rows={items} columns={columns} rowKey={({ id }) => id}
        href={({ id }) => `/cases/${id}`} linkText={glimpse} linkHeading={t("parts.who")}
      />
      {more && <p className="quiet">{t("victims.found_more")}</p>}
    </section>
  );
}
