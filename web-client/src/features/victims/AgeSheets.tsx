import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { useDetermine, useDispute, useEvidence } from "./age.ts";
import type { ItemView } from "./items.ts";

type Props = { id: string; onClose: () => void };

/** Somebody says that it is not so: from then on protection holds until it is decided. */
export function Dispute({ id, onClose }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const dispute = useDispute(id);
  const [reason, setReason] = useState("");
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && !reason.trim() ? { reason: t("victims.age_lacks_reason") } : {};
  return (
    <Sheet
      title={t("victims.age_dispute")} verb={t("victims.age_dispute")} busy={dispute.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (reason.trim()) {
          dispute.mutate({ reason: reason.trim() }, { onSuccess: onClose });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {dispute.error && <Banner kind="warning" live>{sentence(dispute.error)}</Banner>}
      <p className="quiet">{t("victims.age_dispute_about")}</p>
      <TextField name="reason" lines={4} label={t("victims.age_who_says")} mistake={mistakes["reason"]} value={reason} onChange={setReason} />
    </Sheet>
  );
}

/** The officer says which evidence counts; the age follows from it. */
export function Determine({ id, onClose }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const determine = useDetermine(id);
  const evidence = useEvidence(id);
  const [counts, setCounts] = useState<string[]>([]);
  const [reason, setReason] = useState("");
  const [attempt, setAttempt] = useState(0);
  const words = useEvidenceWords();
  const mistakes: Mistakes = attempt === 0 ? {} : {
    ...(counts.length === 0 && { restsOn: t("victims.age_lacks_evidence") }),
    ...(!reason.trim() && { reason: t("victims.age_lacks_reason") }),
  };
  return (
    <Sheet
      title={t("victims.age_determine")} verb={t("victims.age_determine")} busy={determine.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (evidence && counts.length > 0 && reason.trim()) {
          const setAside = evidence.map((one) => one.id).filter((one) => !counts.includes(one));
          determine.mutate({ restsOn: counts, setAside, reason: reason.trim() }, { onSuccess: onClose });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {determine.error && <Banner kind="warning" live>{sentence(determine.error)}</Banner>}
      <p className="quiet">{t("victims.age_determine_about")}</p>
      {!evidence ? <Waiting /> : evidence.length === 0 ? <Empty>{t("victims.age_no_evidence")}</Empty> : (
        <Ticks
          name="restsOn" legend={t("victims.age_counts")} mistake={mistakes["restsOn"]} ticked={counts} onChange={setCounts}
          options={evidence.map((one) => ({ value: one.id, ...words(one) }))}
        />
      )}
      <TextField name="reason" lines={4} label={t("victims.age_reason")} hint={t("victims.age_reason_hint")} mistake={mistakes["reason"]} value={reason} onChange={setReason} />
    </Sheet>
  );
}

function useEvidenceWords(): (item: ItemView) => { label: string; hint: ReactNode } {
  const t = useText();
  const language = useLanguage();
  const kind = useLabel("age_evidence_kind");
  return ({ at, body: { evidence, bornOn, years, text } }) => ({
    label: kind(evidence),
    hint: <>{bornOn ? t("victims.age_born", { day: formatDate(bornOn, language) }) : t("parts.about_years", { years: years ?? "", when: formatDate(at, language) })}{text && <><br /><bdi>{text}</bdi></>}</>,
  });
}
