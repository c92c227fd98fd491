import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { dropDraft, keptFor, listDrafts, warnedAfter } from "#drafts/vault.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";
import { useMinute } from "#ui/Chips.tsx";

type Props = { worker: string; kind: string; href: (id: string) => string };

/** What was begun and not sent yet, by the time alone: go on with it, or delete it. */
export function Drafts({ worker, kind, href }: Props): ReactNode {
  const t = useText();
  const language = useLanguage();
  const [, go] = useLocation();
  const now = useMinute();
  const drafts = useQuery({ queryKey: ["drafts", kind, worker], queryFn: () => listDrafts(worker, kind), staleTime: 0 });
  return drafts.data && drafts.data.length > 0 && (
    <section className="stack-tight" aria-labelledby="drafts">
      <h2 id="drafts">{t("parts.drafts")}</h2>
      <p className="quiet small">{t("parts.drafts_hint")}</p>
      <ul className="card facts">
        {drafts.data.map(({ id, startedAt, savedAt }) => {
          const when = formatMoment(new Date(startedAt), language);
          return (
            <li key={id} className="spread">
              <span>
                {t("parts.draft_from", { when })}
                {now - savedAt > warnedAfter && <span className="wrong-text small"> {t("parts.draft_until", { when: formatMoment(new Date(savedAt + keptFor), language) })}</span>}
              </span>
              <span className="row">
                <Button onClick={() => go(href(id))}>{t("parts.go_on")}<span className="visually-hidden"> {when}</span></Button>
                <Button kind="plain" onClick={() => void dropDraft(worker, id).then(() => drafts.refetch())}>{t("parts.drop_draft")}<span className="visually-hidden"> {when}</span></Button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
