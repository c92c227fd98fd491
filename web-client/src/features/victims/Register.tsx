import type { ReactNode } from "react";
import { Redirect, useLocation } from "wouter";
import type { Me } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Drafts } from "#parts/Drafts.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Questions } from "./Questions.tsx";
import { kind, type Step, steps } from "./registration.ts";

type Props = { me: Me; draft?: string; step?: string };

export default function Register({ me, draft, step }: Props): ReactNode {
  if (!draft) {
    return <Start me={me} />;
  }
  const known = steps.find((one) => one === step);
  return known ? <Questions me={me} draftId={draft} step={known satisfies Step} /> : <Redirect to="/register" replace />;
}

/** Begin, or go on with what is kept on this phone. */
function Start({ me }: { me: Me }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  return (
    <Page title={t("victims.register")}>
      <p><Button kind="primary" onClick={() => go(`/register/${crypto.randomUUID()}/name`)}>{t("victims.someone_found")}</Button></p>
      <p><ButtonLink href="/register/family">{t("victims.family_found")}</ButtonLink></p>
      <p className="quiet">{t("victims.register_lead")}</p>
      <Drafts worker={me.id} kind={kind} href={(id) => `/register/${id}/check`} />
    </Page>
  );
}
