import type { ReactNode } from "react";
import { useLabel, useName } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useSignOut } from "#api/session.ts";
import { changeLanguage, useLanguage, useText } from "#i18n/i18n.tsx";
import { languages, type Language } from "#i18n/languages.ts";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";

export default function More({ me }: { me: Me }): ReactNode {
  const t = useText();
  const name = useName();
  const role = useLabel("access_role");
  const language = useLanguage();
  const signOut = useSignOut();
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
      <ButtonLink href="/account/messages">{t("session.reached")}</ButtonLink>
      <Ticks
        name="language" kind="radio" legend={t("session.language")} options={offered} ticked={[language]}
        onChange={([wanted]) => wanted && void changeLanguage(wanted)}
      />
      <p className="quiet">{t("session.leave_hint")}</p>
      <Button onClick={() => void signOut()}>{t("session.sign_out")}</Button>
    </Page>
  );
}
