import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useName } from "#api/reference.ts";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Ends } from "./Ends.tsx";
import { Facts } from "./Facts.tsx";
import { type Transfer as Shape, useTransfer } from "./transfers.ts";
import type { Said } from "./Transfers.tsx";

/** One offer or request, with what is needed to answer it and no more. */
export default function Transfer({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const transfer = useTransfer(id);
  return transfer.data
    ? <Shown read={transfer.data} />
    : <Page title={t("transfers.one")} back={() => go("/transfers")}><Loaded query={transfer}>{() => null}</Loaded></Page>;
}

function Shown({ read }: { read: Tagged<Shape> }): ReactNode {
  const t = useText();
  const name = useName();
  const glimpse = useGlimpse();
  const [, go] = useLocation();
  const { value: transfer } = read;
  const answers = transfer.allowedActions.includes("accept");
  return (
    <Page title={glimpse(transfer)} tabTitle={t("transfers.one")} back={() => go("/transfers")} actionBar={transfer.allowedActions.length > 0}>
      {answers && (
        <Banner kind="info">
          {t(transfer.askedBy === "offer" ? "transfers.is_offered" : "transfers.is_requested", { from: name(transfer.from), to: name(transfer.to) })}
        </Banner>
      )}
      {transfer.state === "accepted" && <Banner kind="good">{t("transfers.leads_now", { name: name(transfer.to) })}</Banner>}
      <Facts transfer={transfer} />
      {transfer.victimId
        ? <ButtonLink kind={transfer.state === "accepted" ? "primary" : "secondary"} href={`/cases/${transfer.victimId}`}>{t("transfers.open_case")}</ButtonLink>
        : answers && <p className="quiet">{t("transfers.sees_no_more")}</p>}
      <Ends
        read={read}
        onDone={(after) => {
          if (!after) {
            go("/transfers", { state: { said: "transfers.said_declined" } satisfies Said });
          }
        }}
      />
    </Page>
  );
}
