import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { BlockFacts } from "#parts/BlockFacts.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { WordsSheet } from "#parts/WordsSheet.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import type { Said } from "./Desk.tsx";
import { type Alert as Shape, useAlert, useSettle } from "./desk.ts";

/** Who tried to reach her, when, and why he must not. He is never told, nor is his agency. */
export default function Alert({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const alert = useAlert(id);
  return alert.data
    ? <Shown alert={alert.data} />
    : <Page title={t("desk.alert")} back={() => go("/desk")}><Loaded query={alert}>{() => null}</Loaded></Page>;
}

function Shown({ alert }: { alert: Shape }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const glimpse = useGlimpse();
  const district = useDistrictName();
  const kind = useLabel("silent_alert_kind");
  const [, go] = useLocation();
  const [settling, setSettling] = useState(false);
  const { worker, agency, at, handledAt, handledBy, words, block, victimId } = alert;
  return (
    <Page title={t("desk.alert")} back={() => go("/desk")} actionBar={!handledAt}>
      {handledAt
        ? (
          <Banner kind="good">
            {t("desk.alert_settled")}{handledBy && <>{t("parts.comma")}<bdi>{handledBy.displayName}</bdi></>}{t("parts.comma")}{formatMoment(handledAt, language)}
            {words && <p dir="auto">{words}</p>}
          </Banner>
        )
        : <Banner kind="info">{t("desk.alert_silent")}</Banner>}
      <CheckAnswers
        facts={[
          { label: t("desk.alert_what"), value: kind(alert.kind) },
          { label: t("desk.alert_who"), value: worker ? <bdi>{worker.displayName}</bdi> : t("desk.alert_system") },
          ...(agency ? [{ label: t("desk.alert_agency"), value: name(agency) }] : []),
          { label: t("desk.alert_at"), value: <time dateTime={at}>{formatMoment(at, language)}</time> },
          { label: t("desk.whom"), value: glimpse(alert) },
          { label: t("parts.district"), value: district(alert.district) },
          { label: t("parts.code"), value: <CaseCode code={alert.caseCode} /> },
        ]}
      />
      {block && <section className="card stack-tight" aria-label={t("desk.alert_block")}><h2>{t("desk.alert_block")}</h2><BlockFacts block={block} /></section>}
      {!handledAt && <div><ButtonLink href={`/cases/${victimId}`}>{t("desk.open_case")}</ButtonLink></div>}
      <ActionBar acts={handledAt ? [] : [{ key: "settle", label: t("desk.alert_settle"), kind: "primary", onPress: () => setSettling(true) }]} />
      {settling && <Settle id={alert.id} onClose={() => setSettling(false)} onDone={() => go("/desk", { state: { said: "desk.alert_said" } satisfies Said })} />}
    </Page>
  );
}

function Settle({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }): ReactNode {
  const t = useText();
  const settle = useSettle(id);
  return (
    <WordsSheet
      verb={t("desk.alert_settle")} about={t("desk.alert_settle_about")} sending={settle} onClose={onClose}
      asks={{ label: t("desk.alert_words"), lines: 4, lacks: t("desk.lacks_alert_words") }}
      onSend={(words) => settle.mutate(words, { onSuccess: onDone })}
    />
  );
}
