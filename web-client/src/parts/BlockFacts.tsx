import type { ReactNode } from "react";
import type { components } from "#api/generated.ts";
import { useLabel, useName } from "#api/reference.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";

export type Block = components["schemas"]["BlockView"];

/** Whom a block keeps away, as far as anybody may know it. */
export function useBlocked(): (block: Block) => ReactNode {
  const t = useText();
  const name = useName();
  const mark = useLabel("person_mark");
  return ({ worker, agency, marks }) =>
    worker ? <bdi>{worker.displayName}</bdi>
    : agency ? name(agency)
    : t("parts.block_person", { marks: marks.map(mark).join(t("parts.comma")) });
}

/** Who is kept away, why, since when; of a lifted one until when it is watched. */
export function BlockFacts({ block }: { block: Block }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const blocked = useBlocked();
  const reason = useLabel("block_reason");
  const { fromAt, liftedAt, watchedUntil, note } = block;
  return (
    <CheckAnswers
      bare
      facts={[
        { label: t("parts.block_whom"), value: <strong>{blocked(block)}</strong> },
        { label: t("parts.block_why"), value: reason(block.reason) },
        ...(note ? [{ label: t("parts.block_note"), value: <span dir="auto">{note}</span> }] : []),
        { label: t("parts.block_since"), value: <time dateTime={fromAt}>{formatDate(fromAt, language)}</time> },
        ...(liftedAt ? [{ label: t("parts.block_lifted"), value: <time dateTime={liftedAt}>{formatDate(liftedAt, language)}</time> }] : []),
        ...(watchedUntil ? [{ label: t("parts.block_watched"), value: <time dateTime={watchedUntil}>{formatDate(watchedUntil, language)}</time> }] : []),
      ]}
    />
  );
}
