import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { CaseCode } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { Confirm, Settle } from "./Answer.tsx";
import { type Handover, useHandovers, useReferral } from "./handovers.ts";
import { WriteHandover } from "./WriteHandover.tsx";

/** Who gave her to whom, in the words of both sides, and the next of it. */
export default function Handovers({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const referral = useReferral(id);
  const handovers = useHandovers(id);
  const back = (): void => go(`/referrals/${id}`);
  return (
    <Page title={t("handovers.handover")} back={back} lead={referral.data && <CaseCode code={referral.data.caseCode} />}>
      <Loaded query={referral}>
        {(read) => (
          <Loaded query={handovers}>
            {(written) => {
              const open = new Set(written.filter(({ state }) => state === "open").map(({ direction }) => direction));
              const directions = read.handovers.filter((direction) => !open.has(direction));
              return (
                <>
                  {[...written].reverse().map((one) => <Written key={one.id} referralId={id} handover={one} onDone={back} />)}
                  {directions.length > 0 && written.length === 0
                    ? <WriteHandover read={read} directions={directions} onDone={back} />
                    : directions.length > 0 && (
                      <details>
                        <summary>{t("handovers.write_another")}</summary>
                        <WriteHandover read={read} directions={directions} onDone={back} />
                      </details>
                    )}
                </>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Written({ referralId, handover, onDone }: { referralId: string; handover: Handover; onDone: () => void }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const direction = useLabel("handover_direction");
  const state = useLabel("handover_state");
  const reason = useLabel("handover_reason");
  const finding = useLabel("handover_finding");
  const words = (text: string | null | undefined): ReactNode => text && <bdi>{text}</bdi>;
  const facts: [string, ReactNode][] = [
    [t("handovers.state"), state(handover.state)],
    [t("handovers.when"), formatMoment(handover.occurredAt, language)],
    [t("handovers.why"), reason(handover.reason)],
    [t("handovers.given_by"), words(handover.givenBy)],
    [t("handovers.received_by"), words(handover.receivedBy)],
    [t("handovers.place"), words(handover.place)],
    [t("handovers.set_out"), handover.given],
    [t("handovers.came"), handover.received],
    [t("handovers.belongings"), words(handover.belongings)],
    [t("handovers.papers"), words(handover.papers)],
    [t("handovers.note"), words(handover.note)],
    [t("handovers.written_by"), name(handover.agency)],
    [t("handovers.confirmation"), words(handover.confirmation)],
    [t("handovers.explained"), handover.finding && finding(handover.finding)],
    [t("handovers.settlement"), words(handover.settlement)],
  ];
  return (
    <section className="card stack" aria-label={`${direction(handover.direction)}${t("parts.comma")}${formatMoment(handover.occurredAt, language)}`}>
      <h2>{direction(handover.direction)}</h2>
      {handover.state === "missing" && <Banner kind="danger">{t(handover.isThere ? "handovers.count_differs" : "handovers.not_there")}</Banner>}
      <CheckAnswers bare facts={facts.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([label, value]) => ({ label, value }))} />
      {handover.confirms && <Confirm referralId={referralId} handover={handover} onDone={onDone} />}
      {handover.findings.length > 0 && <Settle referralId={referralId} handover={handover} />}
    </section>
  );
}
