import { type ReactNode, useEffect } from "react";
import { useText } from "#i18n/i18n.tsx";

const neutralPage = "https://www.google.com/search?q=weather";

/** Blanks the page before anything else, then goes; Back does not return here. */
export function leaveNow(lock: () => void): void {
  document.documentElement.style.display = "none";
  document.title = "";
  lock();
  location.replace(navigator.onLine ? neutralPage : "about:blank");
}

/** Shift three times within five seconds does the same, without looking for the button. */
export function LeaveNow({ lock }: { lock: () => void }): ReactNode {
  const t = useText();
  useEffect(() => {
    let presses: number[] = [];
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Shift") {
        presses = [];
        return;
      }
      if (event.repeat) {
        return;
      }
      presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
      if (presses.length >= 3) {
        leaveNow(lock);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [lock]);
  return (
    <a
      className="leave" href={neutralPage} rel="nofollow noreferrer" aria-keyshortcuts="Shift"
      onClick={(event) => {
        event.preventDefault();
        leaveNow(lock);
      }}
    >
      {t("ui.leave_now")}
    </a>
  );
}
