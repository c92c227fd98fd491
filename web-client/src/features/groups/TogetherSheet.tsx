import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Problem, useProblemText } from "#api/problems.ts";
import { useText } from "#i18n/i18n.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, fieldMistakes, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import type { Member } from "./groups.ts";

type Props<Body> = {
  groupId: string;
  verb: string;
  about: string;
  lacks: Mistakes;
  change: { mutate: (body: Body, on: { onSuccess: () => void; onError: (problem: Problem) => void }) => void; isPending: boolean; error: Problem | null };
  body: () => Body;
  onClose: () => void;
  children: (mistakes: Mistakes) => ReactNode;
};

/** One form for several of them. What was typed stays through every refusal, over the newest state. */
export function TogetherSheet<Body>({ groupId, verb, about, lacks, change, body, onClose, children }: Props<Body>): ReactNode {
  const cache = useQueryClient();
  const sentence = useProblemText();
  const [attempt, setAttempt] = useState(0);
  const mistakes = attempt > 0 ? lacks : {};
  const told = fieldMistakes(change.error);
  return (
    <Sheet
      title={verb} verb={verb} busy={change.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (Object.keys(lacks).length === 0) {
          change.mutate(body(), {
            onSuccess: onClose,
            onError: ({ status }) => void ((status === 409 || status === 412) && cache.invalidateQueries({ queryKey: ["group", groupId] })),
          });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {change.error && <Banner kind="warning" live>{sentence(change.error)}{Object.values(told).map((one) => <p key={one}>{one}</p>)}</Banner>}
      <p className="quiet">{about}</p>
      {children(mistakes)}
    </Sheet>
  );
}

type WhomProps = { name?: string; legend: string; hint?: string; of: readonly Member[]; ticked: readonly string[]; mistake: string | undefined; onChange: (ticked: string[]) => void };

/** Each by number, age and sex: no name stands on the page of a group. */
export function Whom({ name = "whom", of, ...rest }: WhomProps): ReactNode {
  const glimpse = useGlimpse();
  return <Ticks name={name} {...rest} options={of.map(({ referral }, index) => ({ value: referral.id, label: <><bdi>{index + 1}.</bdi> {glimpse(referral)}</> }))} />;
}

/** All of them, until somebody is left out. */
export function useWhom(of: readonly Member[]): { ids: string[]; lacks: Mistakes; leave: (ticked: readonly string[]) => void } {
  const t = useText();
  const [left, setLeft] = useState<readonly string[]>([]);
  const ids = of.map(({ referral }) => referral.id).filter((id) => !left.includes(id));
  return {
    ids, lacks: ids.length === 0 ? { whom: t("groups.lacks_whom") } : {},
    leave: (ticked) => setLeft(of.map(({ referral }) => referral.id).filter((id) => !ticked.includes(id))),
  };
}
