import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { ProblemView } from "#api/Loaded.tsx";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { formatMoment } from "#i18n/format.ts";
import { ReferralList } from "#parts/ReferralList.tsx";
import { WorkTabs } from "#parts/WorkTabs.tsx";
import { useKeptList } from "#parts/useKeptList.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import type { Said } from "./ActionSheet.tsx";
import { type Box, type Show, useReferrals } from "./listReferrals.ts";

const shows: readonly Show[] = ["open", "due", "overdue", "closed"];

export default function Queue({ box, areas }: { box: Box; areas: readonly string[] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const asked = new URLSearchParams(useSearch()).get("show");
  const show = shows.find((one) => one === asked) ?? "open";
  const said = useHistoryState<Said | null>()?.said;
  const queue = useReferrals(box, show);
  const readAt = useKeptList(["referrals", box, show], queue);
  const rows = queue.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t(`referrals.${box}`)} wide>
      <WorkTabs />
      {said && <Banner kind="good" live>{t(said)}</Banner>}
      <nav className="row" aria-label={t("referrals.which")}>
        {shows.map((one) => (
          <Link key={one} href={`/referrals/${box}${one === "open" ? "" : `?show=${one}`}`} className={`chip ${one === show ? "waiting" : "running"} filter`} aria-current={one === show ? "true" : undefined}>
            {t(`referrals.show_${one}`)}
          </Link>
        ))}
      </nav>
      {rows === undefined
        ? queue.error ? <ProblemView problem={queue.error} retry={() => void queue.refetch()} /> : <Waiting />
        : (
          <>
            {readAt && <Banner kind="warning">{t("parts.last_read", { time: formatMoment(new Date(readAt), language) })}</Banner>}
            {rows.length === 0
              ? (
                <Empty act={box === "sent" && areas.includes("register") && <ButtonLink kind="primary" href="/register">{t("referrals.register")}</ButtonLink>}>
                  {t(show === "open" ? `referrals.empty_${box}` : "referrals.empty_here")}
                </Empty>
              )
              : <ReferralList caption={t(`referrals.${box}`)} box={box} rows={rows} />}
            {queue.hasNextPage && <Button busy={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>{t("referrals.more")}</Button>}
          </>
        )}
    </Page>
  );
}
