import { type ReactNode, useEffect, useState } from "react";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

const shownFor = 60_000;

type Props = {
  /** Reads the data; the server writes that it was read. */
  reveal: () => void;
  busy?: boolean;
  label?: string;
  /** Undefined until it was read. */
  children: ReactNode;
  ready: boolean;
  /** Called when the minute is over or the reader hides it: forget what was read. */
  forget: () => void;
};

/** Masked until asked for, and masked again after a minute. */
export function Masked({ reveal, busy = false, label, children, ready, forget }: Props): ReactNode {
  const t = useText();
  useEffect(() => {
    if (!ready) {
      return undefined;
    }
    const timer = setTimeout(forget, shownFor);
    return () => clearTimeout(timer);
  }, [ready, forget]);
  return (
    <div className="stack-tight">
      <Button aria-expanded={ready} busy={busy} onClick={ready ? forget : reveal}>
        <Icon name="eye" size={20} />{ready ? t("ui.hide") : (label ?? t("ui.show_name"))}
      </Button>
      {ready ? children : <p className="quiet small">{t("ui.show_is_recorded")}</p>}
    </div>
  );
}

export type Name = { ur?: string | null | undefined; latin?: string | null | undefined };

/** Both scripts, the reader's own first. */
export function NameView({ name }: { name: Name | null | undefined }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const scripts = [
    name?.ur && <bdi key="ur" lang="ur">{name.ur}</bdi>,
    name?.latin && <bdi key="latin" lang="en">{name.latin}</bdi>,
  ].filter(Boolean);
  if (scripts.length === 0) {
    return <span className="quiet">{t("ui.name_not_known")}</span>;
  }
  const ordered = language === "ur" ? scripts : [...scripts].reverse();
  return <strong>{ordered[0]}{ordered[1] && <> · {ordered[1]}</>}</strong>;
}

/** Opens something folded, and forgets it again; for a name that a list reveals row by row. */
export function useReveal(): { open: boolean; reveal: () => void; forget: () => void } {
  const [open, setOpen] = useState(false);
  return { open, reveal: () => setOpen(true), forget: () => setOpen(false) };
}
