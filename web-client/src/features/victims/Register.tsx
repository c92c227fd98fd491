import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Redirect, useLocation } from "wouter";
import type { Me } from "#api/shapes.ts";
import { dropDraft, listDrafts } from "#drafts/vault.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
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
  const language = useLanguage();
  const [, go] = useLocation();
  const drafts = useQuery({ queryKey: ["drafts", kind, me.id], queryFn: () => listDrafts(me.id, kind), staleTime: 0 });
  return (
    <Page title={t("victims.register")}>
      <p><Button kind="primary" onClick={() => go(`/register/${crypto.randomUUID()}/name`)}>{t("victims.someone_found")}</Button></p>
      <p><ButtonLink href="/register/family">{t("victims.family_found")}</ButtonLink></p>
      <p className="quiet">{t("victims.register_lead")}</p>
      {drafts.data && drafts.data.length > 0 && (
        <section className="stack-tight" aria-labelledby="drafts">
          <h2 id="drafts">{t("victims.drafts")}</h2>
          <p className="quiet small">{t("victims.drafts_hint")}</p>
          <ul className="card facts">
            {drafts.data.map(({ id, startedAt }) => {
              const when = formatMoment(new Date(startedAt), language);
              return (
                <li key={id} className="spread">
                  <span>{t("victims.draft_from", { when })}</span>
                  <span className="row">
                    <Button onClick={() => go(`/register/${id}/check`)}>{t("victims.go_on")}<span className="visually-hidden"> {when}</span></Button>
                    <Button kind="plain" onClick={() => void dropDraft(me.id, id).then(() => drafts.refetch())}>{t("victims.drop_draft")}<span className="visually-hidden"> {when}</span></Button>
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </Page>
  );
}
