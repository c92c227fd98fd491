import { type ReactNode, useEffect, useState } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "./Button.tsx";

/** Nothing for a moment, then "Loading", then that the connection is slow. */
export function Waiting(): ReactNode {
  const t = useText();
  const [stage, setStage] = useState<"quiet" | "loading" | "slow">("quiet");
  useEffect(() => {
    const timers = [setTimeout(() => setStage("loading"), 400), setTimeout(() => setStage("slow"), 8000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return <p role="status" className="quiet">{stage === "quiet" ? "" : stage === "loading" ? t("ui.loading") : t("ui.slow")}</p>;
}

export function Empty({ children, act }: { children: ReactNode; act?: ReactNode }): ReactNode {
  return <div className="sunk stack"><p>{children}</p>{act}</div>;
}

type FailureProps = { sentence: string; traceId?: string | undefined; retryAfter?: number | undefined; onRetry?: (() => void) | undefined };

/** One sentence, one act; what only a technician needs is folded away. */
export function Failure({ sentence, traceId, retryAfter, onRetry }: FailureProps): ReactNode {
  const t = useText();
  const left = useCountdown(retryAfter ?? 0);
  return (
    <div className="sunk stack" role="alert">
      <p>{sentence}</p>
      {onRetry && (left > 0
        ? <p className="quiet">{t("ui.retry_in", { count: left })}</p>
        : <Button onClick={onRetry}>{t("ui.try_again")}</Button>)}
      {traceId && <details><summary>{t("ui.details")}</summary><bdi dir="ltr" className="small">{traceId}</bdi></details>}
    </div>
  );
}

function useCountdown(seconds: number): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setPassed((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, seconds - passed);
}
