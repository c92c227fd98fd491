import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { Me } from "#api/shapes.ts";
import { hasPin, removePin, setPin, weaknessOf } from "#drafts/pin.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";

/** A PIN for this phone: it opens what lies here while there is no connection. */
export default function Pin({ me }: { me: Me }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const [isSet, setSet] = useState<boolean>();
  const [said, setSaid] = useState<"set" | "removed" | "failed">();
  const [[first, again], setTyped] = useState(["", ""]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void hasPin(me.id).then(setSet).catch(() => undefined);
  }, [me.id]);
  const weakness = weaknessOf(first);
  const lacks: Mistakes = {
    ...(weakness && { pin: t(`session.pin_${weakness}`) }),
    ...(!weakness && first !== again && { again: t("session.pin_differs") }),
  };
  const mistakes = attempt > 0 ? lacks : {};
  const run = async (act: () => Promise<void>, after: "set" | "removed"): Promise<void> => {
    setBusy(true);
    setSaid(await act().then(() => after, () => "failed" as const).finally(() => setBusy(false)));
    setSet(await hasPin(me.id));
    setTyped(["", ""]);
    setAttempt(0);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Object.keys(lacks).length === 0 && !busy) {
      void run(() => setPin(me.id, first), "set");
    }
  };
  return (
    <Page title={t("session.pin")} back={() => go("/more")}>
      <p className="quiet">{t("session.pin_about")}</p>
      {said && <Banner kind={said === "failed" ? "warning" : "good"} live>{t(`session.pin_${said}`)}</Banner>}
      {isSet !== undefined && (
        <form noValidate className="stack" onSubmit={submit}>
          <ErrorSummary mistakes={mistakes} attempt={attempt} />
          <TextField name="pin" kind="digits" type="password" short label={t(isSet ? "session.pin_another" : "session.pin_new")} hint={t("session.pin_hint")} mistake={mistakes["pin"]} value={first} onChange={(value) => setTyped([value, again])} />
          <TextField name="again" kind="digits" type="password" short label={t("session.pin_again")} mistake={mistakes["again"]} value={again} onChange={(value) => setTyped([first, value])} />
          <div className="row">
            <Button type="submit" kind="primary" busy={busy}>{t("session.pin_save")}</Button>
            {isSet && <Button busy={busy} onClick={() => void run(() => removePin(me.id), "removed")}>{t("session.pin_remove")}</Button>}
          </div>
        </form>
      )}
    </Page>
  );
}
