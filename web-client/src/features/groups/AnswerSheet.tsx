import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { populationOf } from "#parts/population.ts";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, Field, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Group, type MemberAnswer, useAnswer } from "./groups.ts";

type Props = { read: Tagged<Group>; answer: "accept" | "decline"; verb: string; onClose: () => void };

/** The same answer for all who wait; whose place each gets stands filled in. */
export function AnswerSheet({ read, answer, verb, onClose }: Props): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const cache = useQueryClient();
  const sentence = useProblemText();
  const glimpse = useGlimpse();
  const population = useLabel("population");
  const reasonLabel = useLabel("decline_reason");
  const populations = useTaxonomy("population").data ?? [];
  const reasons = useTaxonomy("decline_reason").data ?? [];
  const group = read.value;
  const send = useAnswer(group.id);
  const waiting = group.members.filter(({ awaitsAnswer }) => awaitsAnswer);
  const [places, setPlaces] = useState<Record<string, string>>(() =>
    Object.fromEntries(waiting.filter(({ countsPlaces }) => countsPlaces).map((one) => [one.referral.id, one.population ?? populationOf(one.referral)])));
  const [reason, setReason] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && answer === "decline" && !reason ? { reason: t("groups.lacks_reason") } : {};

  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (answer === "decline" && !reason) {
      return;
    }
    const members = waiting.map(({ referral }) => ({
      referralId: referral.id, answer, ...(answer === "decline" ? { reason } : places[referral.id] ? { population: places[referral.id] } : {}),
    })) as MemberAnswer[];
    send.mutate({ etag: read.etag, members }, {
      onSuccess: (after) => {
        onClose();
        if (!after) {
          go("/referrals/received", { state: { said: "groups.said_decline" } });
        }
      },
      onError: (problem) => {
        if (problem.status === 412 || problem.status === 409) {
          // The sheet stays open over the newest state: the next press carries its version.
          void cache.invalidateQueries({ queryKey: ["group", group.id] });
        }
      },
    });
  };

  return (
    <Sheet title={verb} verb={verb} busy={send.isPending} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {send.error && <Banner kind="warning" live>{send.error.code === "capacity_exhausted" ? t("groups.no_room") : sentence(send.error)}</Banner>}
      <p className="quiet">{t(`groups.about_${answer}`)}</p>
      {answer === "accept"
        ? waiting.filter(({ countsPlaces }) => countsPlaces).map(({ referral }, index) => (
          <Field key={referral.id} name={`place-${referral.id}`} label={t("groups.place_of", { number: index + 1, who: glimpse(referral) })}>
            {(control) => (
              <select {...control} value={places[referral.id]} onChange={(event) => setPlaces({ ...places, [referral.id]: event.target.value })}>
                {populations.filter(({ code, retired }) => !retired || code === places[referral.id]).map(({ code }) => <option key={code} value={code}>{population(code)}</option>)}
              </select>
            )}
          </Field>
        ))
        : (
          <Ticks
            name="reason" kind="radio" legend={t("groups.why")} mistake={mistakes["reason"]} ticked={reason ? [reason] : []} onChange={([one]) => setReason(one)}
            options={reasons.filter(({ retired }) => !retired).map(({ code }) => ({ value: code, label: reasonLabel(code) }))}
          />
        )}
    </Sheet>
  );
}
