import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Icon } from "./Icon.tsx";

/** The tab names the kind of screen, never a person; "Error: " comes first while something is to be mended. */
export function useTitle(title: string, wrong = false): void {
  const t = useText();
  useEffect(() => {
    document.title = wrong ? t("ui.title_error", { title }) : title;
  });
}

/** Moves focus to the heading of a new screen, so that it is read first. */
export function useHeadingFocus(): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

type Props = {
  title: string;
  /** What the tab shows, when the heading says more than a passer-by should read. */
  tabTitle?: string;
  wide?: boolean;
  /** Something is to be mended: the tab says so. */
  wrong?: boolean;
  actionBar?: boolean;
  /** What it shows was opened in an emergency: a red frame around all of it. */
  emergency?: boolean;
  back?: () => void;
  lead?: ReactNode;
  children: ReactNode;
};

export function Page({ title, tabTitle = title, wide = false, wrong = false, actionBar = false, emergency = false, back, lead, children }: Props): ReactNode {
  const heading = useHeadingFocus();
  useTitle(tabTitle, wrong);
  return (
    <main id="main" className={`main${wide ? " wide" : ""}${actionBar ? " has-action-bar" : ""}${emergency ? " emergency" : ""}`}>
      <div className="page-head stack-tight">
        {back && <BackButton onPress={back} />}
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead}
      </div>
      <div className="stack">{children}</div>
    </main>
  );
}

export function BackButton({ onPress }: { onPress: () => void }): ReactNode {
  const t = useText();
  return (
    <button type="button" className="back" onClick={onPress}>
      <Icon name="back" size={18} turns />{t("ui.back")}
    </button>
  );
}
