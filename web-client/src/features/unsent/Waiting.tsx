import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useOnline } from "#api/reach.ts";
import type { Me } from "#api/shapes.ts";
import { dropUnsent, listUnsent, mend, readUnsent, type Sent, sendUnsent, sent, type Stopped, type UnsentRow } from "#drafts/queue.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { StatusChip } from "#ui/Chips.tsx";
import { Page } from "#ui/Page.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty } from "#ui/States.tsx";

/** What was finished without a connection: its kind and its time, never whom it is about. */
export default function Waiting({ me }: { me: Me }): ReactNode {
  const t = useText();
  const { data: rows } = useQuery({ queryKey: ["unsent", "rows", me.id], queryFn: () => listUnsent(me.id), staleTime: 0 });
  const arrived = useArrived();
  const online = useOnline();
  const [stopped, setStopped] = useState<Stopped>();
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    setStopped(await sendUnsent(me.id).finally(() => setBusy(false)));
  };
  return (
    <Page title={t("unsent.title")} lead={<p className="quiet">{t("unsent.lead")}</p>}>
      {arrived.length > 0 && <Arrived arrived={arrived} />}
      {stopped && <Banner kind="warning" live>{t(`unsent.stopped_${stopped}`)}</Banner>}
      {rows?.length === 0 && <Empty>{t("unsent.empty")}</Empty>}
      {rows && rows.length > 0 && (
        <>
          {!online && !stopped && <Banner kind="info">{t("unsent.kept")}</Banner>}
          <ul className="cards">{rows.map((row) => <Row key={row.id} me={me} row={row} />)}</ul>
          {rows.some(({ isRefused }) => !isRefused) && <div><Button kind="primary" busy={busy} onClick={() => void send()}>{t("unsent.send")}</Button></div>}
        </>
      )}
    </Page>
  );
}

function Row({ me, row: { id, kind, at, isRefused } }: { me: Me; row: UnsentRow }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const [, go] = useLocation();
  const [sure, setSure] = useState(false);
  const when = formatMoment(new Date(at), language);
  const which = <span className="visually-hidden"> {t(`unsent.${kind}`)}, {when}</span>;
  return (
    <li className="card stack-tight">
      <div className="spread">
        <div><strong>{t(`unsent.${kind}`)}</strong><p className="quiet small">{t("unsent.written", { when })}</p></div>
        {isRefused ? <StatusChip family="not">{t("unsent.refused")}</StatusChip> : <StatusChip family="waiting">{t("unsent.waits")}</StatusChip>}
      </div>
      <Why me={me} id={id} kind={kind} />
      <div className="row">
        <Button onClick={() => void mend(me.id, id).then((href) => go(href))}>{t(isRefused ? "unsent.mend" : "unsent.open")}{which}</Button>
        <Button kind="plain" onClick={() => setSure(true)}>{t("unsent.drop")}{which}</Button>
      </div>
      {sure && (
        <Sheet title={t("unsent.drop")} verb={t("unsent.drop")} danger onClose={() => setSure(false)} onConfirm={() => void dropUnsent(me.id, id)}>
          <p>{t("unsent.drop_sure")}</p>
        </Sheet>
      )}
    </li>
  );
}

/** What the server said against it, or why it is not even sent from here. */
function Why({ me, id, kind }: { me: Me; id: string; kind: UnsentRow["kind"] }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const own = useTextIfAny();
  const { data: why } = useQuery({
    queryKey: ["unsent", "rows", me.id, id, me.agency.id], staleTime: 0,
    queryFn: async () => {
      const unsent = await readUnsent(me.id, id);
      return { refusal: unsent?.refusal, isElsewhere: unsent !== undefined && unsent.agencyId !== me.agency.id };
    },
  });
  if (why?.refusal) {
    return <p role="alert">{own(`unsent.${why.refusal.code}_${kind}`) ?? own(`unsent.${why.refusal.code}`) ?? sentence(why.refusal)}</p>;
  }
  return why?.isElsewhere && <p>{t("unsent.elsewhere")}</p>;
}

function useArrived(): Sent[] {
  const [arrived, setArrived] = useState<Sent[]>([]);
  useEffect(() => {
    const add = (event: Event): void => setArrived((before) => [...before, (event as CustomEvent<Sent>).detail]);
    window.addEventListener(sent, add);
    return () => window.removeEventListener(sent, add);
  }, []);
  return arrived;
}

function Arrived({ arrived }: { arrived: readonly Sent[] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  return (
    <Banner kind="good" live>
      <p>{t("unsent.sent")}</p>
      <ul className="stack-tight">
        {arrived.map(({ kind, at, href }) => (
          <li key={`${kind} ${at}`}>
            {t(`unsent.${kind}`)}, {formatMoment(new Date(at), language)} {href?.startsWith("/cases/") && <ButtonLink kind="plain" href={href}>{t("unsent.look")}</ButtonLink>}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
