import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel, useName, useOptions } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes } from "#ui/Field.tsx";
import { FilterList } from "#ui/FilterList.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { type StaysAnswer, StaysOrLeaves } from "./StaysOrLeaves.tsx";
import { type TransferDraft, useAgencies, useAsk } from "./transfers.ts";

type Props = { victim: VictimView; askedBy: TransferDraft["askedBy"] };

/** To whom (of an offer), why, and whether the own agency stays. */
export function Ask({ victim, askedBy }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const ask = useAsk();
  const reasons = useOptions("transfer_reason");
  const isOffer = askedBy === "offer";
  const [toAgencyId, setToAgencyId] = useState<string>();
  const [reason, setReason] = useState<string>();
  const [stays, setStays] = useState<StaysAnswer>();
  const [attempt, setAttempt] = useState(0);
  const lacks: Mistakes = {
    ...(!reason && { reason: t("transfers.lacks_reason") }),
    ...(isOffer && !stays && { stays: t("transfers.lacks_stays") }),
  };
  const mistakes: Mistakes = attempt > 0 ? lacks : {};
  if (isOffer && toAgencyId === undefined) {
    return <Whom except={victim.leadAgency.id} onChoose={setToAgencyId} />;
  }
  const send = (): void => {
    setAttempt(attempt + 1);
    if (reason && Object.keys(lacks).length === 0) {
      ask.mutate({
        victimId: victim.id, askedBy, reason: reason as TransferDraft["reason"], ...(isOffer && { toAgencyId: toAgencyId ?? null, stays: stays === "stays" }),
      });
    }
  };
  return (
    <form
      noValidate className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) {
          send();
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {ask.error && <Banner kind="warning" live>{sentence(ask.error)}</Banner>}
      {isOffer ? <Chosen id={toAgencyId ?? ""} onChange={() => setToAgencyId(undefined)} /> : <p>{t("transfers.about_request")}</p>}
      <Ticks
        name="reason" kind="radio" legend={t("transfers.why_move")} mistake={mistakes["reason"]} ticked={reason ? [reason] : []} onChange={([one]) => setReason(one)}
        options={reasons}
      />
      {isOffer && <StaysOrLeaves chosen={stays} mistake={mistakes["stays"]} onChoose={setStays} />}
      {isOffer && <Banner kind="info">{t("transfers.about_offer")}</Banner>}
      <Button type="submit" kind="primary" busy={ask.isPending}>{t(isOffer ? "transfers.offer" : "transfers.request")}</Button>
    </form>
  );
}

function Whom({ except, onChoose }: { except: string; onChoose: (id: string) => void }): ReactNode {
  const t = useText();
  const name = useName();
  const kind = useLabel("agency_kind");
  const district = useDistrictName();
  const agencies = useAgencies();
  return (
    <section className="stack" aria-labelledby="whom">
      <h2 id="whom">{t("transfers.whom")}</h2>
      <Loaded query={agencies}>
        {(all) => (
          <FilterList
            label={t("transfers.find_agency")} onChoose={onChoose}
            options={all.filter(({ id, status }) => id !== except && status === "active").map((agency) => ({
              value: agency.id, label: name(agency), words: `${agency.nameEn} ${agency.nameUr}`,
              hint: [kind(agency.kind), agency.district && district(agency.district)].filter(Boolean).join(t("parts.comma")),
            }))}
          />
        )}
      </Loaded>
    </section>
  );
}

function Chosen({ id, onChange }: { id: string; onChange: () => void }): ReactNode {
  const t = useText();
  const name = useName();
  const agency = useAgencies().data?.find((one) => one.id === id);
  return (
    <div className="stack-tight">
      <CheckAnswers facts={[{ label: t("transfers.to"), value: name(agency) }]} />
      <Button kind="plain" onClick={onChange}>{t("transfers.other_agency")}</Button>
    </div>
  );
}
