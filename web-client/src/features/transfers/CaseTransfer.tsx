import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useLabel, useName } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Timeline } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { Ask } from "./Ask.tsx";
import { Ends } from "./Ends.tsx";
import { Facts } from "./Facts.tsx";
import { type Transfer, useTransfer, useTransfersOf, useVictim } from "./transfers.ts";

/** Who leads the case, whether that is about to change, and the way to change it. */
export default function CaseTransfer({ id }: { id: string }): ReactNode {
  const t = useText();
  const name = useName();
  const [, go] = useLocation();
  const victim = useVictim(id);
  // Who asks for a case came from a referral, not from a case of its own.
  const back = (): void => (victim.data?.may.transfer ? go(`/cases/${id}`) : history.back());
  const transfers = useTransfersOf(id);
  const open = transfers.data?.find(({ state }) => state === "open");
  return (
    <Page title={t("transfers.move")} back={back} actionBar={(open?.allowedActions.length ?? 0) > 0} lead={victim.data && <p className="quiet">{t("transfers.leads", { name: name(victim.data.leadAgency) })}</p>}>
      <Loaded query={victim}>
        {(shell) => <Loaded query={transfers}>{(all) => <Now victim={shell} all={all} />}</Loaded>}
      </Loaded>
    </Page>
  );
}

function Now({ victim, all }: { victim: VictimView; all: readonly Transfer[] }): ReactNode {
  const t = useText();
  const open = all.find(({ state }) => state === "open");
  const earlier = all.filter(({ state }) => state !== "open");
  return (
    <>
      {open ? <Open id={open.id} />
        : victim.may.transfer ? <Ask victim={victim} askedBy="offer" />
        : victim.may.askForLead ? <Ask victim={victim} askedBy="request" />
        : <Empty>{t("transfers.not_yours")}</Empty>}
      {earlier.length > 0 && <Earlier transfers={earlier} />}
    </>
  );
}

/** It waits for an answer: nothing has changed yet. */
function Open({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const transfer = useTransfer(id);
  return (
    <Loaded query={transfer}>
      {(read) => (
        <>
          <p>{t("transfers.nothing_changed_yet")}</p>
          <Facts transfer={read.value} />
          <Ends
            read={read}
            onDone={(after) => {
              if (after?.state === "accepted") {
                go(`/transfers/${id}`);
              }
            }}
          />
        </>
      )}
    </Loaded>
  );
}

function Earlier({ transfers }: { transfers: readonly Transfer[] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const state = useLabel("transfer_state");
  const reason = useLabel("transfer_reason");
  return (
    <section className="stack-tight" aria-labelledby="earlier">
      <h2 id="earlier">{t("transfers.earlier")}</h2>
      <Timeline
        moments={transfers.map((one) => ({
          key: one.id, at: one.endedAt ?? one.askedAt, when: formatMoment(one.endedAt ?? one.askedAt, language),
          what: <>{t("transfers.from_to", { from: name(one.from), to: name(one.to) })} · {reason(one.reason)}</>,
          who: state(one.state),
        }))}
      />
    </section>
  );
}
