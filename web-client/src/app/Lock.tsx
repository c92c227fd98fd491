import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { useNetwork } from "#api/reach.ts";
import { seen } from "#api/seen.ts";
import { endFirst, endIfDue, endSession, signInAddress, useMe } from "#api/session.ts";
import { useText } from "#i18n/i18n.tsx";
import { Mark } from "#ui/Icon.tsx";
import { ended } from "./ended.ts";
import { useIdle } from "./useIdle.ts";

const Unlock = lazy(() => import("./Unlock.tsx"));

/** Milliseconds in which what was just typed is still put by. */
const lastWords = 2000;

/** Covers the page once the session has ended, by the server's word or by five idle minutes. */
export function Lock(): ReactNode {
  const t = useText();
  const isEnded = ended.use();
  const isOnline = useNetwork();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: me } = useMe();
  const warned = useIdle(me !== undefined && !isEnded, () => {
    ended.set(true);
    void endSession();
  });
  const isIn = me !== undefined;
  useEffect(() => (isIn ? seen.onForgotten(() => ended.set(true)) : undefined), [isIn]);
  useEffect(() => {
    const back = (): void => void endIfDue();
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, []);
  useEffect(() => {
    heading.current?.focus();
    const shut = (): void => void import("#drafts/sealed.ts").then(({ lockAll }) => lockAll()).catch(() => undefined);
    const timer = isEnded ? setTimeout(shut, lastWords) : undefined;
    return () => clearTimeout(timer);
  }, [isEnded]);
  if (!isEnded) {
    return warned && <div className="toast-line" role="status">{t("app.locks_soon")}</div>;
  }
  return (
    <div className="lock" role="dialog" aria-modal="true" aria-labelledby="lock-heading">
      <div className="stack">
        <Mark />
        <h1 id="lock-heading" ref={heading} tabIndex={-1}>{t("app.locked")}</h1>
        <p>{t("app.locked_why")}</p>
        {isOnline
          ? <a className="button primary" href={signInAddress(location.pathname + location.search)} onClick={endFirst}>{t("app.sign_in")}</a>
          : <p role="status">{t("app.locked_offline")}</p>}
        {me && <Suspense><Unlock onOpen={({ id }) => ended.set(id !== me.id)} /></Suspense>}
      </div>
    </div>
  );
}
