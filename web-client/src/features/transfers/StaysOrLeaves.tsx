import type { ReactNode } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Ticks } from "#ui/Choices.tsx";

export type StaysAnswer = "stays" | "leaves";

type Props = { chosen: StaysAnswer | undefined; mistake: string | undefined; onChoose: (chosen: StaysAnswer | undefined) => void };

/** What the old lead keeps: little, or nothing. */
export function StaysOrLeaves({ chosen, mistake, onChoose }: Props): ReactNode {
  const t = useText();
  return (
    <Ticks
      name="stays" kind="radio" legend={t("transfers.stays_or_leaves")} mistake={mistake} ticked={chosen ? [chosen] : []} onChange={([one]) => onChoose(one)}
      options={[
        { value: "leaves", label: t("transfers.leaves"), hint: t("transfers.leaves_hint") },
        { value: "stays", label: t("transfers.stays"), hint: t("transfers.stays_hint") },
      ]}
    />
  );
}
