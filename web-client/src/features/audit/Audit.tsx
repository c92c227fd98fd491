import { type ReactNode, useState } from "react";
import { ProblemView } from "#api/Loaded.tsx";
import { fieldMistakes, ErrorSummary, Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { useName } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { useAgencies } from "#parts/agencies.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { type Question, type Search, useSearch } from "./audit.ts";
import { useActions } from "./actions.ts";
import { AuditRow } from "./AuditRow.tsx";

/** The access log of the whole country, for whoever audits it: asked only when somebody presses, for each search is in it too. */
export default function Audit(): ReactNode {
  const t = useText();
  const [search, setSearch] = useState<Search>();
  return (
    <Page title={t("audit.title")} lead={<p className="quiet">{t("audit.lead")}</p>}>
      <div><ButtonLink href="/audit/verify">{t("audit.prove")}</ButtonLink></div>
      <Form onSearch={(question) => setSearch({ number: (search?.number ?? 0) + 1, question })} />
      {search && <Found key={search.number} search={search} />}
    </Page>
  );
}

type Typed = { from: string; to: string; agencyId: string; action: string; victimId: string };

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = 24 * 60 * 60 * 1000;

/** The day begins at midnight in Pakistan, wherever the screen stands; there is no summer time. */
const midnight = (on: string, later = 0): string => new Date(Date.parse(`${on}T00:00:00+05:00`) + later).toISOString();

function asked({ from, to, agencyId, action, victimId }: Typed): Question {
  return {
    ...(from && { from: midnight(from) }), ...(to && { to: midnight(to, day) }),
    ...(agencyId && { agencyId }), ...(action && { action }), ...(victimId.trim() && { victimId: victimId.trim() }),
  };
}

function Form({ onSearch }: { onSearch: (question: Question) => void }): ReactNode {
  const t = useText();
  const name = useName();
  const { data: agencies = [] } = useAgencies();
  const actions = useActions();
  const [typed, setTyped] = useState<Typed>({ from: "", to: "", agencyId: "", action: "", victimId: "" });
  const [attempt, setAttempt] = useState(0);
  const lacking: Mistakes = {
    ...(typed.from && typed.to && typed.to < typed.from && { to: t("audit.wrong_days") }),
    ...(typed.victimId.trim() && !isId.test(typed.victimId.trim()) && { victimId: t("audit.wrong_id") }),
  };
  const mistakes = attempt > 0 ? lacking : {};
  const change = (member: keyof Typed) => (value: string): void => setTyped({ ...typed, [member]: value });
  return (
    <form
      className="card stack" noValidate aria-label={t("audit.search")}
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (Object.keys(lacking).length === 0) {
          onSearch(asked(typed));
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      <div className="row">
        <Day name="from" label={t("audit.from")} value={typed.from} onChange={change("from")} />
        <Day name="to" label={t("audit.to")} value={typed.to} mistake={mistakes["to"]} onChange={change("to")} />
      </div>
      <Choice name="agencyId" label={t("audit.agency")} value={typed.agencyId} onChange={change("agencyId")} options={agencies.map((one) => [one.id, name(one)])} />
      <Choice name="action" label={t("audit.action")} value={typed.action} onChange={change("action")} options={actions} />
      <TextField name="victimId" kind="name" label={t("audit.case")} hint={t("audit.case_hint")} mistake={mistakes["victimId"]} value={typed.victimId} onChange={change("victimId")} />
      <Banner kind="info">{t("audit.recorded")}</Banner>
      <div><Button kind="primary" type="submit">{t("audit.search")}</Button></div>
    </form>
  );
}

type FieldProps = { name: string; label: string; mistake?: string | undefined; value: string; onChange: (value: string) => void };

function Day({ value, onChange, ...field }: FieldProps): ReactNode {
  return <Field {...field} short>{(control) => <input {...control} type="date" dir="ltr" value={value} onChange={(event) => onChange(event.target.value)} />}</Field>;
}

function Choice({ value, onChange, options, ...field }: FieldProps & { options: readonly (readonly [string, string])[] }): ReactNode {
  const t = useText();
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("audit.all")}</option>
          {options.map(([code, words]) => <option key={code} value={code}>{words}</option>)}
        </select>
      )}
    </Field>
  );
}

function Found({ search }: { search: Search }): ReactNode {
  const t = useText();
  const found = useSearch(search);
  const rows = found.data?.pages.flatMap(({ items }) => items);
  const wrong = Object.values(fieldMistakes(found.error));
  return (
    <section className="stack-tight" aria-labelledby="found">
      <h2 id="found">{t("audit.found")}</h2>
      {rows === undefined
        ? !found.error && <Waiting />
        : rows.length === 0
          ? <Empty>{t("audit.nothing")}</Empty>
          : <ul className="cards">{rows.map((row) => <AuditRow key={row.id} row={row} />)}</ul>}
      {found.error && (wrong.length > 0 ? <Banner kind="warning" live>{wrong.join(" ")}</Banner> : <ProblemView problem={found.error} retry={() => void (rows ? found.fetchNextPage() : found.refetch())} />)}
      {found.hasNextPage && !found.error && <div><Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t("audit.more")}</Button></div>}
    </section>
  );
}
