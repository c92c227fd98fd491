import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import type { ReferralView } from "#api/shapes.ts";
import { formatMoment, localMinute, pastFromLocal } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { type HandoverDraft, useRelations, useWriteHandover } from "./handovers.ts";

type Direction = HandoverDraft["direction"];
type Props = { read: ReferralView; directions: readonly Direction[]; onDone: () => void };

const toFamily = "to_family";

/** What one side saw. When and how many are filled in: nearly always they are now, and one. */
export function WriteHandover({ read, directions, onDone }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const label = useLabel("handover_direction");
  const write = useWriteHandover(read.id);
  const [id] = useState(() => crypto.randomUUID());
  const [direction, setDirection] = useState<Direction | undefined>(directions.length === 1 ? directions[0] : undefined);
  const [reason, setReason] = useState<string | undefined>(directions.length === 1 && directions[0] === "arrival" ? "to_shelter" : undefined);
  const [relationId, setRelationId] = useState<string>();
  const [values, setValues] = useState<Record<string, string>>(() => ({ children: "1", occurredAt: localMinute(new Date()) }));
  const [attempt, setAttempt] = useState(0);
  const get = (name: string): string => values[name] ?? "";
  const set = (name: string) => (value: string): void => setValues({ ...values, [name]: value });
  const lacks: Mistakes = {
    ...(!direction && { direction: t("handovers.lacks_direction") }),
    ...(!reason && { reason: t("handovers.lacks_reason") }),
    ...(reason === toFamily && !relationId && { relationId: t("handovers.lacks_relation") }),
    ...(!/^[1-9]\d{0,2}$/.test(get("children")) && { children: t("handovers.lacks_children") }),
    ...(Number.isNaN(Date.parse(get("occurredAt"))) && { occurredAt: t("handovers.lacks_when") }),
    ...Object.fromEntries((["givenBy", "receivedBy", "place"] as const).filter((name) => !get(name).trim()).map((name) => [name, t(`handovers.lacks_${name}`)])),
  };
  const mistakes: Mistakes = attempt > 0 ? lacks : {};
  const send = (): void => {
    setAttempt(attempt + 1);
    if (!direction || !reason || Object.keys(lacks).length > 0 || write.isPending) {
      return;
    }
    const words = (name: string): string | null => get(name).trim() || null;
    // Once it is written this form makes room for it, and is gone before it is told.
    void write.mutateAsync({
      id, direction, reason: reason as HandoverDraft["reason"], children: Number(get("children")),
      occurredAt: pastFromLocal(get("occurredAt")),
      givenBy: get("givenBy").trim(), receivedBy: get("receivedBy").trim(), place: get("place").trim(),
      belongings: words("belongings"), papers: words("papers"), note: words("note"), relationId: reason === toFamily ? relationId ?? null : null,
    }).then(onDone, () => undefined);
  };
  return (
    <form
      noValidate className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="quiet">{t(read.party === "provider" ? "handovers.about_provider" : "handovers.about_sender")}</p>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {write.error && <Banner kind="warning" live>{sentence(write.error)}</Banner>}
      {directions.length > 1 && (
        <Ticks
          name="direction" kind="radio" legend={t("handovers.direction")} mistake={mistakes["direction"]} ticked={direction ? [direction] : []} onChange={([one]) => setDirection(one)}
          options={directions.map((one) => ({ value: one, label: label(one) }))}
        />
      )}
      <TextField name="givenBy" kind="name" label={t("handovers.given_by")} hint={t("handovers.who_hint")} mistake={mistakes["givenBy"]} value={get("givenBy")} onChange={set("givenBy")} />
      <TextField name="receivedBy" kind="name" label={t("handovers.received_by")} mistake={mistakes["receivedBy"]} value={get("receivedBy")} onChange={set("receivedBy")} />
      <TextField name="place" label={t("handovers.place")} mistake={mistakes["place"]} value={get("place")} onChange={set("place")} />
      <Field name="occurredAt" label={t("handovers.when")} mistake={mistakes["occurredAt"]}>
        {(control) => <input {...control} type="datetime-local" dir="ltr" max={localMinute(new Date())} value={get("occurredAt")} onChange={(event) => set("occurredAt")(event.target.value)} />}
      </Field>
      <TextField name="children" kind="digits" short label={t("handovers.how_many")} hint={t("handovers.how_many_hint")} mistake={mistakes["children"]} value={get("children")} onChange={set("children")} />
      <Why direction={direction} reason={reason} mistake={mistakes["reason"]} onChange={setReason} />
      {reason === toFamily && <Claimant victimId={read.victimId} chosen={relationId} mistake={mistakes["relationId"]} onChoose={setRelationId} />}
      <TextField name="belongings" lines={2} label={t("handovers.belongings")} value={get("belongings")} onChange={set("belongings")} />
      <TextField name="papers" lines={2} label={t("handovers.papers")} value={get("papers")} onChange={set("papers")} />
      <TextField name="note" lines={2} label={t("handovers.note")} value={get("note")} onChange={set("note")} />
      <Button type="submit" kind="primary" busy={write.isPending}>{t("handovers.save")}</Button>
    </form>
  );
}

function Why({ direction, reason, mistake, onChange }: { direction: Direction | undefined; reason: string | undefined; mistake: string | undefined; onChange: (reason: string) => void }): ReactNode {
  const t = useText();
  const label = useLabel("handover_reason");
  const { data = [] } = useTaxonomy("handover_reason");
  const codes = data.filter(({ code, retired }) => !retired && !(direction === "arrival" && code === toFamily)).map(({ code }) => code);
  return (
    <Field name="reason" label={t("handovers.why")} mistake={mistake}>
      {(control) => (
        <select {...control} value={reason ?? ""} onChange={(event) => onChange(event.target.value)}>
          {!reason && <option value="">{t("handovers.choose")}</option>}
          {codes.map((code) => <option key={code} value={code}>{label(code)}</option>)}
        </select>
      )}
    </Field>
  );
}

/** Only somebody who was checked can take her home; who it is, is read on the case. */
function Claimant({ victimId, chosen, mistake, onChoose }: { victimId: string | null | undefined; chosen: string | undefined; mistake: string | undefined; onChoose: (id: string) => void }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const kind = useLabel("record_kind");
  const relations = useRelations(victimId ?? "");
  return (
    <Loaded query={relations}>
      {(rows) => rows.length === 0
        ? <Banner kind="warning">{t("handovers.no_relations")}</Banner>
        : (
          <Ticks
            name="relationId" kind="radio" legend={t("handovers.claimant")} hint={t("handovers.claimant_hint")} mistake={mistake} ticked={chosen ? [chosen] : []} onChange={([one]) => one && onChoose(one)}
            options={rows.map(({ id, at }) => ({ value: id, label: `${kind("relation")}${t("parts.comma")}${formatMoment(at, language)}` }))}
          />
        )}
    </Loaded>
  );
}
