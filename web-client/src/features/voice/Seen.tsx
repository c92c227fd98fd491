import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useLabel, useName } from "#api/reference.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { type Reader, useReaders } from "./voice.ts";

/** "Who saw my data", in sentences that are read aloud to her or printed: agencies and roles, never who works there. */
export default function Seen({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const readers = useReaders(id);
  return (
    <Page title={t("voice.seen")} back={() => go(`/cases/${id}`)}>
      <p className="screen-only quiet">{t("voice.seen_hint")}</p>
      <Loaded query={readers}>
        {(rows) => rows.length === 0 ? <Empty>{t("voice.seen_nobody")}</Empty> : (
          <ul className="stack-tight">{rows.map((row, index) => <li key={index} className="card"><Sentence row={row} /></li>)}</ul>
        )}
      </Loaded>
      <p className="screen-only"><Button onClick={() => print()}>{t("voice.print")}</Button></p>
    </Page>
  );
}

function Sentence({ row }: { row: Reader }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const role = useLabel("access_role");
  const group = useLabel("data_group");
  const { agency, role: roles, groups, firstAt, lastAt, times } = row;
  const who = [agency && name(agency), ...(roles ? roles.split(",").map((code) => role(code)) : [t("voice.seen_system")])].filter(Boolean).join(t("parts.comma"));
  const what = groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))).join(t("parts.comma"));
  const [first, last] = [formatDate(firstAt, language), formatDate(lastAt, language)];
  return (
    <>
      <p><strong>{who}</strong></p>
      <p>{first === last ? t("voice.seen_once", { what, times, day: last }) : t("voice.seen_between", { what, times, first, last })}</p>
    </>
  );
}
