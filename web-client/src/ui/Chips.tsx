import { type ReactNode, useSyncExternalStore } from "react";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";

export type Family = "waiting" | "asks" | "going" | "done" | "not" | "closed";

// Shape, word and colour: no one of them alone.
const shapes: Record<Family, ReactNode> = {
  waiting: <circle cx="6" cy="6" r="4.5" fill="none" strokeWidth="2" />,
  asks: <><circle cx="6" cy="6" r="4.5" fill="none" strokeWidth="2" /><path d="M6 1.5a4.5 4.5 0 010 9z" stroke="none" /></>,
  going: <path d="M2 1.5l8.5 4.5L2 10.5z" stroke="none" />,
  done: <><rect x="1" y="1" width="10" height="10" rx="1.5" fill="none" strokeWidth="1.8" /><path d="M3 6l2.2 2.2L9 4" fill="none" strokeWidth="1.8" /></>,
  not: <path d="M6 .8L11.2 6 6 11.2.8 6z" stroke="none" />,
  closed: <><rect x="1" y="1" width="10" height="10" rx="1.5" fill="none" strokeWidth="1.8" /><path d="M2 10L10 2" fill="none" strokeWidth="1.8" /></>,
};

const Shape = ({ children }: { children: ReactNode }): ReactNode => (
  <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12" fill="currentColor" stroke="currentColor">{children}</svg>
);

export function StatusChip({ family, draft = false, children }: { family: Family; draft?: boolean; children: ReactNode }): ReactNode {
  return <span className={`chip ${family}${draft ? " draft" : ""}`}><Shape>{shapes[family]}</Shape>{children}</span>;
}

/** Four signal bars, as many as the level is high. */
export function UrgencyChip({ level, children }: { level: 1 | 2 | 3 | 4; children: ReactNode }): ReactNode {
  return (
    <span className={`chip urgency-${level}`}>
      <Shape>
        {[1, 2, 3, 4].map((bar) => (
          <rect key={bar} x={(bar - 1) * 3} y={12 - bar * 3} width="2.2" height={bar * 3} stroke="none" opacity={bar <= level ? 1 : 0.3} />
        ))}
      </Shape>
      {children}
    </span>
  );
}

const minute = 60_000;
let tick = Date.now();

/** The time, kept by one timer for every clock on the page. */
export function useMinute(): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(() => {
        tick = Date.now();
        changed();
      }, minute / 2);
      return () => clearInterval(timer);
    },
    () => Math.max(tick, Math.floor(Date.now() / minute) * minute),
  );
}

type ClockProps = { startedAt: string; dueAt: string; state: "running" | "paused" | "met" | "missed" | "stopped" };

/** How long is left, not announced as it ticks; the absolute time stands in its text. */
export function ClockChip({ startedAt, dueAt, state }: ClockProps): ReactNode {
  const t = useText();
  const language = useLanguage();
  const now = useMinute();
  const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)];
  const left = due - now;
  const look = state === "paused" ? "paused"
    : state === "met" || state === "stopped" ? "answered"
    : left < 0 ? "late"
    : left * 2 < due - start ? "half" : "running";
  const length = span(Math.abs(left));
  const words = look === "paused" ? t("ui.clock_paused")
    : look === "answered" ? t("ui.clock_answered")
    : t(`${look === "late" ? "ui.clock_late" : "ui.clock_left"}_${length.unit}`, { count: length.count });
  return (
    <span className={`chip ${look}`}>
      <Shape><circle cx="6" cy="6" r="4.8" fill="none" strokeWidth="1.8" /><path d="M6 3v3l2 1.4" fill="none" strokeWidth="1.6" /></Shape>
      <time dateTime={dueAt} title={formatMoment(dueAt, language)}>{words}</time>
      {look !== "answered" && <span className="visually-hidden"> {t("ui.clock_by", { time: formatMoment(dueAt, language) })}</span>}
    </span>
  );
}

/** A length in the largest unit that still says enough. */
export function span(length: number): { unit: "min" | "h" | "d"; count: number } {
  const minutes = Math.max(1, Math.round(length / minute));
  if (minutes < 100) {
    return { unit: "min", count: minutes };
  }
  const hours = Math.round(minutes / 60);
  return hours < 49 ? { unit: "h", count: hours } : { unit: "d", count: Math.round(hours / 24) };
}
