import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { answer, api } from "#api/client.ts";
import { type Problem, useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { components } from "#api/generated.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Masked, NameView } from "#ui/NameView.tsx";
import { SafeContact } from "#ui/SafeContact.tsx";
import { useItemWords } from "./itemWords.tsx";

const FileView = lazy(() => import("./FileView.tsx"));

type Schemas = components["schemas"];

type OpenedProps = { victimId: string; group: string; recordId?: string | null | undefined; kind?: string | null | undefined; detail?: string; act?: ReactNode };

/** A document of a person, or one item by its id: read only when asked for, written down by the server, forgotten after a minute. */
export function Opened({ victimId, group, recordId, kind, detail, act }: OpenedProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const groupLabel = useLabel("data_group");
  const kindLabel = useLabel("record_kind");
  const [content, setContent] = useState<ReactNode>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const forget = useCallback(() => setContent(undefined), []);
  const label = recordId ? kindLabel(kind) : groupLabel(group);
  const reveal = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setContent(await read(victimId, group, recordId));
    } catch (fault) {
      setProblem(fault as Problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card stack-tight" aria-label={detail ? `${label} ${detail}` : label}>
      <h3>{label}</h3>
      {detail && <p className="quiet small">{detail}</p>}
      <Masked ready={content !== undefined} busy={busy} reveal={() => void reveal()} forget={forget} label={group === "identity" && !recordId ? t("ui.show_name") : t("parts.show")}>
        {content}
      </Masked>
      {problem && <p role="alert">{sentence(problem)}</p>}
      {act}
    </section>
  );
}

async function read(victimId: string, group: string, recordId: string | null | undefined): Promise<ReactNode> {
  const path = { id: victimId };
  if (recordId) {
    const record = await answer(api.GET("/api/v1/victims/{id}/records/{recordId}", { params: { path: { ...path, recordId } } }));
    return <Item victimId={victimId} record={record} />;
  }
  switch (group) {
    case "identity": return <Identity document={await answer(api.GET("/api/v1/victims/{id}/identity", { params: { path } }))} />;
    case "contact": return <Contact document={await answer(api.GET("/api/v1/victims/{id}/contact", { params: { path } }))} />;
    case "demographics": return <Demographics document={await answer(api.GET("/api/v1/victims/{id}/demographics", { params: { path } }))} />;
    case "health": return <Health document={await answer(api.GET("/api/v1/victims/{id}/health", { params: { path } }))} />;
    default: return null;
  }
}

type Line = [label: string, value: ReactNode];

/** Only what was written; an empty document says so. */
function Lines({ lines }: { lines: readonly Line[] }): ReactNode {
  const t = useText();
  const written = lines.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return written.length === 0
    ? <p className="quiet">{t("parts.nothing_written")}</p>
    : <CheckAnswers facts={written.map(([label, value]) => ({ label, value }))} />;
}

function Identity({ document }: { document: Schemas["IdentityRecord"] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { name, fatherName, nationalId, birth } = document;
  const age = birth?.on ? formatDate(birth.on, language)
    : birth?.years ? t("parts.about_years", { years: birth.years, when: birth.asOf ? formatDate(birth.asOf, language) : "" })
    : undefined;
  return (
    <Lines
      lines={[
        [t("parts.name"), <NameView key="name" name={name} />],
        [t("parts.father"), fatherName?.ur || fatherName?.latin ? <NameView name={fatherName} /> : undefined],
        [t("parts.paper"), nationalId && <bdi dir="ltr">{nationalId}</bdi>],
        [t("parts.born"), age],
      ]}
    />
  );
}

function Contact({ document }: { document: Schemas["ContactRecord"] }): ReactNode {
  const t = useText();
  const relation = useLabel("relation_kind");
  const { phones, address, safeContact } = document;
  const yesNo = (may: boolean): string => t(may ? "parts.yes" : "parts.no");
  return (
    <div className="stack">
      {(phones ?? []).map((phone) => <SafeContact key={phone.number} {...phone} whose={phone.whose === "self" ? t("parts.own_phone") : relation(phone.whose)} />)}
      <Lines
        lines={[
          [t("parts.address"), address && <bdi>{address}</bdi>],
          ...(safeContact ? [
            [t("parts.may_message"), yesNo(safeContact.message)], [t("parts.may_visit"), yesNo(safeContact.visit)],
            [t("parts.safe_times"), safeContact.times], [t("parts.ask_for"), safeContact.askFor], [t("parts.never_say"), safeContact.neverSay],
          ] satisfies Line[] : []),
        ]}
      />
    </div>
  );
}

function Demographics({ document }: { document: Schemas["DemographicsRecord"] }): ReactNode {
  const t = useText();
  const language = useLabel("language");
  const industry = useLabel("industry");
  return (
    <Lines
      lines={[
        [t("parts.languages"), document.languages?.map(language).join(t("parts.comma"))],
        [t("parts.schooling"), document.schooling], [t("parts.marital"), document.maritalStatus], [t("parts.religion"), document.religion],
        [t("parts.occupation"), document.occupation], [t("parts.industry"), document.industry && industry(document.industry)],
      ]}
    />
  );
}

function Health({ document }: { document: Schemas["HealthRecord"] }): ReactNode {
  const t = useText();
  const domain = useLabel("disability_wg_domain");
  const level = useLabel("disability_wg_level");
  return (
    <Lines
      lines={[
        [t("parts.urgent_notes"), document.urgentNotes], [t("parts.conditions"), document.conditions], [t("parts.medication"), document.medication],
        [t("parts.allergies"), document.allergies], [t("parts.pregnancy"), document.pregnant == null ? undefined : t(document.pregnant ? "parts.yes" : "parts.no")],
        ...(document.disability ?? []).map((one): Line => [domain(one.domain), level(one.level)]),
      ]}
    />
  );
}

function Item({ victimId, record }: { victimId: string; record: Schemas["RecordView"] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const words = useItemWords();
  const shows = useLabel("document_kind");
  return (
    <div className="stack-tight">
      <Lines lines={[[t("parts.when"), formatMoment(record.at, language)], ...words(record.body, record).map(({ label, value }): Line => [label, value])]} />
      {record.attachment && <Suspense><FileView victimId={victimId} recordId={record.id} name={shows(record.body.shows)} /></Suspense>}
    </div>
  );
}
