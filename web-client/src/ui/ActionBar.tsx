import { type ReactNode, useState } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "./Button.tsx";

export type Act = { key: string; label: string; kind?: "primary" | "secondary" | "danger"; onPress: () => void };

/** Always within the thumb's reach. The first is the primary one; past three they wait under More. */
export function ActionBar({ acts }: { acts: readonly Act[] }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  if (acts.length === 0) {
    return null;
  }
  const shown = open || acts.length <= 3 ? acts : acts.slice(0, 3);
  return (
    <div className="action-bar" role="group" aria-label={t("ui.actions")}>
      {shown.map(({ key, label, kind = "secondary", onPress }) => <Button key={key} kind={kind} onClick={onPress}>{label}</Button>)}
      {shown.length < acts.length && <Button aria-expanded={open} onClick={() => setOpen(true)}>{t("ui.more_actions")}</Button>}
    </div>
  );
}
