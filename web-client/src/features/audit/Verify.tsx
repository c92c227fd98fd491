import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Loaded, ProblemView } from "#api/Loaded.tsx";
import { useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { type Proof, type Proven, type Seal, useNewestSeals, useProof } from "./audit.ts";

/** Whether every row of the journal is as it was written, part after part, and what to compare with the witness file. */
export default function Verify(): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const { proof, run } = useProof();
  return (
    <Page title={t("audit.prove")} back={() => go("/audit")} lead={<p className="quiet">{t("audit.prove_lead")}</p>}>
      {!run.isPending && !run.error && <div><Button kind="primary" onClick={() => run.mutate()}>{t(run.data ? "audit.again" : "audit.start")}</Button></div>}
      {run.isPending && <Progress proof={proof} />}
      {run.error && (
        <>
          {proof.seals > 0 && <p>{t("audit.so_far", proof)}</p>}
          <ProblemView problem={run.error} retry={() => run.mutate()} />
        </>
      )}
      {run.data && <Result proven={run.data} />}
      {run.data && run.data.proof.newest > 0 && <Newest newest={run.data.proof.newest} />}
    </Page>
  );
}

function Progress({ proof }: { proof: Proof }): ReactNode {
  const t = useText();
  return (
    <div className="card stack-tight">
      <progress aria-label={t("audit.proving")} max={Math.max(1, proof.newest)} value={proof.seals} />
      <p role="status">{proof.newest === 0 ? t("audit.proving") : t("audit.so_far", proof)}</p>
    </div>
  );
}

function Result({ proven: { proof, last } }: { proven: Proven }): ReactNode {
  const t = useText();
  const fault = useLabel("journal_fault");
  if (typeof last.badPosition !== "number") {
    return (
      <Banner kind="good" live>
        <p><strong>{t("audit.whole", { count: proof.rows })}</strong></p>
        <p>{t("audit.whole_more", { seals: proof.seals, witnessed: last.witnessed })}</p>
        {last.waiting > 0 && <p>{t("audit.waiting", { count: last.waiting })}</p>}
      </Banner>
    );
  }
  return (
    <>
      <Banner kind="danger" live>
        <p><strong>{t("audit.broken", { position: last.badPosition })}</strong></p>
        <p>{fault(last.fault)}</p>
        <p>{t("audit.good_before", { count: proof.rows })}</p>
      </Banner>
      <section className="card stack-tight" aria-labelledby="now">
        <h2 id="now">{t("audit.now")}</h2>
        <ol className="stack-tight">
          <li>{t("audit.now_keep")}</li>
          <li>{t("audit.now_witness")}</li>
          <li>{t("audit.now_tell")}</li>
        </ol>
      </section>
    </>
  );
}

function Newest({ newest }: { newest: number }): ReactNode {
  const t = useText();
  const seals = useNewestSeals(newest);
  return (
    <section className="stack-tight" aria-labelledby="seals">
      <h2 id="seals">{t("audit.seals")}</h2>
      <p className="quiet">{t("audit.seals_about")}</p>
      <Loaded query={seals}>{(rows) => <ul className="cards">{rows.map((seal) => <SealCard key={seal.n} seal={seal} />)}</ul>}</Loaded>
    </section>
  );
}

function SealCard({ seal: { n, fromPosition, toPosition, hash, at } }: { seal: Seal }): ReactNode {
  const t = useText();
  const language = useLanguage();
  return (
    <li className="card stack-tight">
      <div className="spread"><strong>{t("audit.seal", { n })}</strong><time className="quiet small" dateTime={at}>{formatMoment(at, language)}</time></div>
      <p className="small">{t("audit.seal_rows", { from: fromPosition, to: toPosition })}</p>
      <bdi dir="ltr" className="id small">{hash}</bdi>
    </li>
  );
}
