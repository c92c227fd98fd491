import type { ReactNode } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { ProblemView } from "#api/Loaded.tsx";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { type Box, type Transfer, useTransfers } from "./transfers.ts";

/** What the list says after a transfer has gone out of sight. */
export type Said = { said: TextId };

const boxes: readonly Box[] = ["received", "sent"];

/** What waits for an answer: ours, or theirs. */
export default function Transfers(): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get("box");
  const box = boxes.find((one) => one === asked) ?? "received";
  const said = useHistoryState<Said | null>()?.said;
  const transfers = useTransfers(box);
  const rows = transfers.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t("transfers.title")} back={() => go("/more")}>
      {said && <Banner kind="good" live>{t(said)}</Banner>}
      <nav className="row" aria-label={t("transfers.which")}>
        {boxes.map((one) => (
          <Link key={one} href={one === "received" ? "/transfers" : `/transfers?box=${one}`} className={`chip filter ${one === box ? "waiting" : "running"}`} aria-current={one === box ? "true" : undefined}>
            {t(`transfers.box_${one}`)}
          </Link>
        ))}
      </nav>
      {rows === undefined
        ? transfers.error ? <ProblemView problem={transfers.error} retry={() => void transfers.refetch()} /> : <Waiting />
        : rows.length === 0
          ? <Empty>{t(`transfers.empty_${box}`)}</Empty>
          : <ul className="cards">{rows.map((row) => <Row key={row.id} transfer={row} box={box} />)}</ul>}
      {transfers.hasNextPage && <Button busy={transfers.isFetchingNextPage} onClick={() => void transfers.fetchNextPage()}>{t("transfers.more")}</Button>}
    </Page>
  );
}

function Row({ transfer, box }: { transfer: Transfer; box: Box }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const glimpse = useGlimpse();
  const district = useDistrictName();
  const reason = useLabel("transfer_reason");
  const other = (transfer.askedBy === "offer") === (box === "received") ? transfer.from : transfer.to;
  return (
    <li className="card work-card">
      <div className="row">{transfer.urgency && <NeedUrgency code={transfer.urgency} />}<span className="quiet small">{t(`transfers.kind_${box}_${transfer.askedBy}` as TextId, { name: name(other) })}</span></div>
      <Link href={`/transfers/${transfer.id}`}>{glimpse(transfer)}</Link>
      <div className="row quiet small">
        <span>{district(transfer.district)}</span><span>{reason(transfer.reason)}</span><CaseCode code={transfer.caseCode} />
        <time dateTime={transfer.askedAt}>{formatMoment(transfer.askedAt, language)}</time>
      </div>
    </li>
  );
}
