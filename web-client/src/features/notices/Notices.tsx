import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { ProblemView } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { placeOf } from "#parts/places.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { type Notice, type Show, useNotices, useRead } from "./notices.ts";

/** Deadlines that are answered where they stand. */
const endsByWord = new Set(["clock.attest_deletion", "clock.act_before"]);

const shows: readonly Show[] = ["unread", "all"];

/** What has happened while one was away; opening one marks it as read. */
export default function Notices(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const asked = new URLSearchParams(useSearch()).get("show");
  const show = shows.find((one) => one === asked) ?? "unread";
  const notices = useNotices(show);
  const read = useRead();
  const rows = notices.data?.pages.flatMap(({ items }) => items);
  const unread = (rows ?? []).filter(({ readAt }) => !readAt).map(({ id }) => id);
  return (
    <Page title={t("notices.title")}>
      <nav className="row" aria-label={t("notices.which")}>
        {shows.map((one) => (
          <Link key={one} href={one === "unread" ? "/notices" : `/notices?show=${one}`} className={`chip filter ${one === show ? "waiting" : "running"}`} aria-current={one === show ? "true" : undefined}>
            {t(`notices.show_${one}`)}
          </Link>
        ))}
      </nav>
      {read.error && <Banner kind="warning" live>{sentence(read.error)}</Banner>}
      {rows === undefined
        ? notices.error ? <ProblemView problem={notices.error} retry={() => void notices.refetch()} /> : <Waiting />
        : rows.length === 0
          ? <Empty>{t("notices.empty")}</Empty>
          : <ul className="cards">{rows.map((notice) => <Row key={notice.id} notice={notice} read={(id) => read.mutate([id])} />)}</ul>}
      {unread.length > 1 && <Button busy={read.isPending} onClick={() => read.mutate(unread)}>{t("notices.read_all")}</Button>}
      {notices.hasNextPage && <Button busy={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>{t("notices.more")}</Button>}
    </Page>
  );
}

function Row({ notice, read }: { notice: Notice; read: (id: string) => void }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const words = useWords()(notice);
  const { id, at, dueAt, readAt } = notice;
  const href = endsByWord.has(notice.kind) ? "/deadlines" : placeOf(notice);
  return (
    <li className={`card spread${readAt ? "" : " chosen"}`}>
      <div className="stack-tight">
        <Link className="notice" href={href} onClick={() => !readAt && read(id)}>{words}</Link>
        <p className="quiet small">
          {!readAt && <>{t("notices.new")} · </>}<time dateTime={at}>{formatMoment(at, language)}</time>
          {dueAt && <> · {t("notices.by", { time: formatMoment(dueAt, language) })}</>}
        </p>
      </div>
      {!readAt && <Button kind="plain" onClick={() => read(id)}>{t("notices.read")}<span className="visually-hidden">: {words}</span></Button>}
    </li>
  );
}

function useWords(): (notice: Notice) => string {
  const t = useText();
  const say = useTextIfAny();
  return ({ kind, stage }) => {
    const clock = kind.startsWith("clock.") ? say(`notices.${kind.replace(".", "_")}`) : undefined;
    const said = clock ? say(`notices.stage_${stage}`) : undefined;
    return clock && said ? `${said}${t("notices.colon")}${clock}` : (say(`notices.kind_${kind.replaceAll(".", "_")}`) ?? t("notices.something"));
  };
}
