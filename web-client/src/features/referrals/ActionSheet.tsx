import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { Tagged } from "#api/client.ts";
import { useProblemText } from "#api/problems.ts";
import type { AllowedAction, ReferralView } from "#api/shapes.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { ErrorSummary, fieldMistakes, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { useAct } from "./act.ts";
import { Need, suggested, toWire } from "./Need.tsx";

type Props = { allowed: AllowedAction; read: Tagged<ReferralView>; onClose: () => void };

/** What the queue says after the referral has gone out of sight. */
export type Said = { said: TextId };

/** What shuts somebody out at once. */
const dangerous = new Set(["cancel", "confirm_cancel", "enter_in_error"]);

/** A place is held only where the service counts them. */
export const verbOf = ({ action, needs }: AllowedAction): TextId =>
  (action === "accept" && needs.some(({ name, required }) => name === "population" && required) ? "referrals.act_accept_place" : `referrals.act_${action}`) as TextId;

/** Asks for what the action needs, as the server listed it, and takes it. What was typed stays through every refusal. */
export function ActionSheet({ allowed, read, onClose }: Props): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const cache = useQueryClient();
  const sentence = useProblemText();
  const referral = read.value;
  const act = useAct(referral.id);
  const asked = allowed.needs.filter((need) => need.kind !== "id");
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(asked.map((need) => [need.name, suggested(need, referral)])));
  const [missing, setMissing] = useState<Mistakes>({});
  const [attempt, setAttempt] = useState(0);
  const verb = t(verbOf(allowed));
  const awaitsRelease = asked.some(({ name, afterRelease }) => afterRelease.includes(values[name] ?? ""));

  const confirm = (): void => {
    const lacking = asked.filter(({ name, required }) => required && !values[name]?.trim());
    setMissing(Object.fromEntries(lacking.map(({ name }) => [name, t(`referrals.lacks_${name}` as TextId)])));
    setAttempt(attempt + 1);
    if (lacking.length > 0) {
      return;
    }
    const body = Object.fromEntries(asked.filter(({ name }) => values[name]?.trim()).map((need) => [need.name, toWire(need, values[need.name] ?? "")]));
    act.mutate({ action: allowed.action, etag: read.etag, body }, {
      onSuccess: (after) => {
        onClose();
        if (!after) {
          go("/referrals/received", { state: { said: allowed.action === "decline" ? "referrals.said_decline" : "referrals.said_done" } satisfies Said });
        }
      },
      onError: (problem) => {
        if (problem.status === 412 || problem.status === 409) {
          // The sheet stays open over the newest state: the next press carries its version.
          void cache.invalidateQueries({ queryKey: ["referral", referral.id] });
        }
      },
    });
  };

  return (
    <Sheet title={verb} verb={verb} busy={act.isPending} danger={dangerous.has(allowed.action)} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={{ ...missing, ...fieldMistakes(act.error) }} attempt={attempt} />
      {act.error && act.error.fields.length === 0 && <Banner kind="warning" live>{sentence(act.error)}</Banner>}
      {t(`referrals.about_${allowed.action}` as TextId) && <p className="quiet">{t(`referrals.about_${allowed.action}` as TextId)}</p>}
      {asked.map((need) => (
        <Need
          key={need.name} need={need} action={allowed.action} value={values[need.name] ?? ""} mistake={missing[need.name]}
          onChange={(value) => setValues({ ...values, [need.name]: value })}
        />
      ))}
      {awaitsRelease && (
        <Banner kind="warning" live>
          <p>{t("referrals.after_release")}</p>
          <p><ButtonLink href={`/referrals/${referral.id}/handover`}>{t("handovers.handover")}</ButtonLink></p>
        </Banner>
      )}
    </Sheet>
  );
}
