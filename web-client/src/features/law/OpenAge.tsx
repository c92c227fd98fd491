import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useAreaName, useLabel, useTaxonomy } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { type LawRow, useLawRules } from "./law.ts";
import { LawMap } from "./LawMap.tsx";

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** For anybody: the age of a child by purpose, province and day, with its law and its doubt. */
export default function OpenAge(): ReactNode {
  const t = useText();
  const label = useLabel("law_purpose");
  const { data: purposes = [] } = useTaxonomy("law_purpose");
  const [purpose, setPurpose] = useState<LawRow["purpose"]>("marriage_female");
  const [typed, setTyped] = useState(() => new Date().toLocaleDateString("en-CA"));
  const [on, setOn] = useState(typed);
  const rules = useLawRules(purpose, on);
  return (
    <Page title={t("law.title")} wide lead={<p className="quiet">{t("law.lead")}</p>}>
      <form className="stack" noValidate onSubmit={(event) => event.preventDefault()}>
        <Field name="purpose" label={t("law.purpose")}>
          {(control) => (
            <select {...control} value={purpose} onChange={(event) => setPurpose(event.target.value as LawRow["purpose"])}>
              {purposes.map(({ code }) => <option key={code} value={code}>{label(code)}</option>)}
            </select>
          )}
        </Field>
        <TextField
          name="on" type="date" short label={t("law.on")} mistake={isDay(typed) ? undefined : t("law.bad_day")} value={typed}
          onChange={(day) => {
            setTyped(day);
            if (isDay(day)) {
              setOn(day);
            }
          }}
        />
      </form>
      <Loaded query={rules}>
        {(rows) => (
          <div className="law">
            <LawMap rows={rows} title={t("law.map", { purpose: label(purpose), day: on })} />
            <Table rows={rows} />
          </div>
        )}
      </Loaded>
      <Banner kind="info"><p>{t("law.not_advice")}</p></Banner>
    </Page>
  );
}

function Table({ rows }: { rows: readonly LawRow[] }): ReactNode {
  const t = useText();
  const area = useAreaName();
  const status = useLabel("law_answer_status");
  const benchmark = rows.find((row) => row.benchmark)?.benchmark;
  return (
    <section className="stack-tight" aria-labelledby="law-table">
      <h2 id="law-table">{t("law.table")}</h2>
      <dl className="facts card">
        {rows.map((row) => (
          <div key={row.province}>
            <dt>{area(row.province)}</dt>
            <dd>
              <strong>{row.limit ? t(row.sex ? `law.under_${row.sex}` : "law.under", { limit: row.limit }) : t("law.none")}</strong>
              {row.rule && <><br /><span className="quiet"><bdi>{row.rule.law}</bdi>, {t("law.since", { day: `\u2066${row.rule.from}\u2069` })}</span></>}
              {row.status !== "in_force" && row.rule && <><br /><span className="chip waiting">{status(row.status)}</span></>}
              {row.rule?.note && <><br /><span className="quiet small" lang="en" dir="ltr">{row.rule.note}</span></>}
            </dd>
          </div>
        ))}
      </dl>
      {benchmark && <p className="quiet">{t("law.standard", { limit: benchmark })}</p>}
    </section>
  );
}
