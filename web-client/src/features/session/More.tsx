import { type ReactNode, useState } from "react";
import { useLabel, useName } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useSignOut } from "#api/session.ts";
import { listUnsent } from "#drafts/queue.ts";
import { listDrafts } from "#drafts/vault.ts";
import { changeLanguage, useLanguage, useText } from "#i18n/i18n.tsx";
import { languages, type Language } from "#i18n/languages.ts";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { Sheet } from "#ui/Sheet.tsx";

export default function More({ me }: { me: Me }): ReactNode {
  const t = useText();
  const name = useName();
  const role = useLabel("access_role");
  const language = useLanguage();
  const signOut = useSignOut();
  const [left, setLeft] = useState(0);
  const leave = async (): Promise<void> => {
    const here = (await listUnsent(me.id)).length + (await listDrafts(me.id)).length;
    setLeft(here);
    if (here === 0) {
      await signOut(me.id);
    }
  };
  const offered = (Object.keys(languages) as Language[]).map((value) => ({ value, label: <bdi lang={value}>{languages[value].name}</bdi> }));
  return (
    <Page title={t("session.more")}>
      <CheckAnswers
        facts={[
          { label: t("session.who"), value: <bdi>{me.displayName}</bdi> },
          { label: t("session.agency"), value: name(me.agency) },
          { label: t("session.roles"), value: me.roles.map(role).join(t("session.and")) },
        ]}
      />
      {me.areas.includes("work") && <ButtonLink href="/deadlines">{t("clocks.title")}</ButtonLink>}
      {me.areas.includes("desk") && <ButtonLink href="/transfers">{t("transfers.title")}</ButtonLink>}
      {me.areas.includes("emergency") && <ButtonLink href="/emergency">{t("emergency.title")}</ButtonLink>}
      {me.areas.includes("law") && <ButtonLink href="/law">{t("releases.title")}</ButtonLink>}
      <ButtonLink href="/waiting">{t("unsent.title")}</ButtonLink>
      <ButtonLink href="/account/messages">{t("session.reached")}</ButtonLink>
      <ButtonLink href="/account/pin">{t("session.pin")}</ButtonLink>
      <Ticks
        name="language" kind="radio" legend={t("session.language")} options={offered} ticked={[language]}
        onChange={([wanted]) => wanted && void changeLanguage(wanted)}
      />
      <p className="quiet">{t("session.leave_hint")}</p>
      <Button onClick={() => void leave()}>{t("session.sign_out")}</Button>
      {left > 0 && (
        <Sheet title={t("session.sign_out")} verb={t("session.sign_out_anyway")} danger onClose={() => setLeft(0)} onConfirm={() => void signOut(me.id)}>
          <p>{t("session.still_here", { count: left })}</p>
        </Sheet>
      )}
    </Page>
  );
}
