import type { ReactNode } from "react";

const paths = {
  work: "M4 6h16M4 12h16M4 18h10",
  find: "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L20 20",
  register: "M12 5v14M5 12h14",
  places: "M3 18v-9M3 14h18v4M21 14a4 4 0 00-4-4h-6v4M7 12a1.5 1.5 0 100-3 1.5 1.5 0 000 3z",
  desk: "M5 4h14v16H5zM8.5 12l2.5 2.5L16 9",
  notices: "M6 17V11a6 6 0 0112 0v6l2 2H4zM10 21.5h4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  back: "M15 5l-7 7 7 7",
  go: "M9 5l7 7-7 7",
  eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6zM12 14.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5z",
  phone: "M6 3h4l2 5-2.5 1.5a11 11 0 005 5L16 12l5 2v4a3 3 0 01-3 3A15 15 0 013 6a3 3 0 013-3z",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
  info: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v5M12 8h.01",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2",
} as const;

export type IconName = keyof typeof paths;

/** Always beside words; `turns` mirrors it where people read from the right. */
export function Icon({ name, size = 24, turns = false }: { name: IconName; size?: number; turns?: boolean }): ReactNode {
  return (
    <svg
      aria-hidden="true" className={turns ? "turns" : undefined} width={size} height={size} viewBox="0 0 24 24"
      fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** A doorway with someone in it. */
export function Mark(): ReactNode {
  return (
    <svg aria-hidden="true" width="28" height="28" viewBox="0 0 24 24" stroke="currentColor" fill="currentColor">
      <path d="M5 21V11c0-4 3-7 7-9 4 2 7 5 7 9v10" fill="none" strokeWidth="2.4" />
      <circle cx="12" cy="15" r="2.6" stroke="none" />
    </svg>
  );
}
