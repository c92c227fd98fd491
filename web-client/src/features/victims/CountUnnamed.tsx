import { type ReactNode, useState } from "react";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";

type Draft = components["schemas"]["UnnamedDraft"];

/** Somebody grown refused: what happened and where is counted, and leads to nobody. */
export function CountUnnamed({ victim }: { victim: VictimView }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const word = useLabel("exploitation_type");
  const { data: codes = [] } = useTaxonomy("exploitation_type");
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const [types, setTypes] = useState<Draft["types"]>([]);
  const [attempt, setAttempt] = useState(0);
  const count = useChange<Draft, unknown>({
    send: (body, key) => answer(api.POST("/api/v1/reports/unnamed", { params: { header: { "Idempotency-Key": key() } }, body })),
  });
  const mistakes: Mistakes = attempt > 0 && types.length === 0 ? { types: t("victims.lacks_types") } : {};
  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (types.length > 0) {
      count.mutate({ types, sex: victim.sex as NonNullable<Draft["sex"]>, district: victim.district }, {
        onSuccess: () => {
          setOpen(false);
          setDone(true);
        },
      });
    }
  };
  return (
    <>
      {isDone ? <Banner kind="good" live>{t("victims.counted_unnamed")}</Banner> : <div><Button onClick={() => setOpen(true)}>{t("victims.count_unnamed")}</Button></div>}
      {isOpen && (
        <Sheet title={t("victims.count_unnamed")} verb={t("victims.count_unnamed")} busy={count.isPending} onClose={() => setOpen(false)} onConfirm={confirm}>
          <ErrorSummary mistakes={mistakes} attempt={attempt} />
          {count.error && <Banner kind="warning" live>{sentence(count.error)}</Banner>}
          <p className="quiet">{t("victims.count_unnamed_about")}</p>
          <Ticks
            name="types" legend={t("parts.types")} mistake={mistakes["types"]} ticked={types} onChange={setTypes}
            options={codes.filter(({ retired }) => !retired).map(({ code }) => ({ value: code as Draft["types"][number], label: word(code) }))}
          />
        </Sheet>
      )}
    </>
  );
}
