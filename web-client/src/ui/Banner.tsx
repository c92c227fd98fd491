import { type ReactNode, useEffect, useState } from "react";
import { Icon } from "./Icon.tsx";

type Kind = "info" | "good" | "warning" | "danger";

/** Stays as long as what it says is true. */
export function Banner({ kind, live = false, children }: { kind: Kind; live?: boolean; children: ReactNode }): ReactNode {
  const icon = kind === "good" ? "tick" : kind === "info" ? "info" : "warning";
  return (
    <div className={`banner ${kind}`} role={live ? "status" : undefined}>
      <Icon name={icon} size={22} />
      <div className="stack-tight">{children}</div>
    </div>
  );
}

/** For "copied" and "saved" only: it goes away by itself, so nothing that matters may be in it. */
export function Toast({ children }: { children: string }): ReactNode {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), 4000);
    return () => clearTimeout(timer);
  }, []);
  return <div role="status">{shown && <div className="toast">{children}</div>}</div>;
}
