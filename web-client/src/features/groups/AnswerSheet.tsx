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
import { type Group, type Member, type MemberAnswer, useAnswer } from "./groups.ts";

type Props = { read: Tagged<Group>; answer: "accept" | "decline"; onClose: () => void };

/** What the button says that takes so many of them. */
export function useAcceptVerb(): (members: readonly Member[]) => string {
  const t = useText();
  return (members) => {
    const places = members.filter(({ countsPlaces }) => countsPlaces).length;
    return places > 0 ? t("groups.accept_places", { count: places }) : t("groups.accept", { count: members.length });
  };
}

/** One answer for all who wait, or some of them taken and the rest declined; whose place each gets stands filled in. */
export function AnswerSheet({ read, answer, onClose }: Props): ReactNode {
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
  const [places, setPlaces] = useState<Record<string, string>>({});
  const [left, setLeft] = useState<readonly string[]>([]);
  const [reason, setReason] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  // Asked of each who waits now: somebody may have begun to wait since the sheet was opened.
  const declines = (id: string): boolean => answer === "decline" || left.includes(id);
  const taken = waiting.filter(({ referral }) => !declines(referral.id));
  const isAnyDeclined = taken.length < waiting.length;
  const placeOf = (one: Member): string => places[one.referral.id] ?? one.population ?? populationOf(one.referral);
  const lacks: Mistakes = {
    ...(answer === "accept" && taken.length === 0 && { taken: t("groups.lacks_taken") }),
    ...(isAnyDeclined && (answer === "decline" || taken.length > 0) && !reason && { reason: t("groups.lacks_reason") }),
  };
  const mistakes = attempt > 0 ? lacks : {};
  const accept = useAcceptVerb();
  const verb = answer === "accept" ? accept(taken) : t("groups.decline");

  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (Object.keys(lacks).length > 0) {
      return;
    }
    const members = waiting.map((one) => declines(one.referral.id)
      ? { referralId: one.referral.id, answer: "decline", reason }
      : { referralId: one.referral.id, answer: "accept", ...(one.countsPlaces && { population: placeOf(one) }) }) as MemberAnswer[];
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
      {answer === "accept" && waiting.length > 1 && (
        <Ticks
          name="taken" legend={t("groups.whom")} mistake={mistakes["taken"]} ticked={taken.map(({ referral }) => referral.id)}
          options={waiting.map(({ referral }, index) => ({ value: referral.id, label: <><bdi>{index + 1}.</bdi> {glimpse(referral)}</> }))}
          onChange={(ticked) => setLeft(waiting.map(({ referral }) => referral.id).filter((id) => !ticked.includes(id)))}
        />
      )}
      {waiting.map((one, index) => one.countsPlaces && !declines(one.referral.id) && (
        <Field key={one.referral.id} name={`place-${one.referral.id}`} label={t("groups.place_of", { number: index + 1, who: glimpse(one.referral) })}>
          {(control) => (
            <select {...control} value={placeOf(one)} onChange={(event) => setPlaces({ ...places, [one.referral.id]: event.target.value })}>
              {populations.filter(({ code, retired }) => !retired || code === placeOf(one)).map(({ code }) => <option key={code} value={code}>{population(code)}</option>)}
            </select>
          )}
        </Field>
      ))}
      {answer === "accept" && isAnyDeclined && group.together && <Banner kind="warning">{t("groups.rule_answer")}</Banner>}
      {isAnyDeclined && (
        <Ticks
          name="reason" kind="radio" legend={t(answer === "accept" ? "groups.why_rest" : "groups.why")} mistake={mistakes["reason"]} ticked={reason ? [reason] : []} onChange={([one]) => setReason(one)}
          options={reasons.filter(({ retired }) => !retired).map(({ code }) => ({ value: code, label: reasonLabel(code) }))}
        />
      )}
    </Sheet>
  );
}
