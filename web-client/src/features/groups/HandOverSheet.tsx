import { type ReactNode, useState } from "react";
import type { Tagged } from "#api/client.ts";
import { useLabel, useTaxonomy } from "#api/reference.ts";
import { localMinute, pastFromLocal } from "#i18n/format.ts";
import { useText } from "#i18n/i18n.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import type { Group, Member } from "./groups.ts";
import { type Handover, useHandOver } from "./together.ts";
import { TogetherSheet, useWhom, Whom } from "./TogetherSheet.tsx";

type Props = { read: Tagged<Group>; of: readonly Member[]; onClose: () => void };

const asked = ["givenBy", "receivedBy", "place"] as const;
const labels = { givenBy: "handovers.given_by", receivedBy: "handovers.received_by", place: "handovers.place" } as const;

/** Who gave them to whom, once for all who went together. How many is filled in: nearly always they are those who are ticked. */
export function HandOverSheet({ read, of, onClose }: Props): ReactNode {
  const t = useText();
  const reasonLabel = useLabel("handover_reason");
  const { data: reasons = [] } = useTaxonomy("handover_reason");
  const change = useHandOver(read.value.id);
  const { ids, lacks, leave } = useWhom(of);
  const [values, setValues] = useState<Record<string, string>>(() => ({ reason: "to_shelter", occurredAt: localMinute(new Date()) }));
  const get = (name: string): string => values[name] ?? "";
  const set = (name: string) => (value: string): void => setValues({ ...values, [name]: value });
  const children = values["children"] ?? String(ids.length);
  const words = (name: string): string | null => get(name).trim() || null;
  return (
    <TogetherSheet
      groupId={read.value.id} verb={t("groups.hand_over", { count: ids.length })} about={t("groups.about_hand_over")} change={change} onClose={onClose}
      lacks={{
        ...lacks,
        ...Object.fromEntries(asked.filter((name) => !get(name).trim()).map((name) => [name, t(`handovers.lacks_${name}`)])),
        ...(Number.isNaN(Date.parse(get("occurredAt"))) && { occurredAt: t("handovers.lacks_when") }),
        ...(!(Number(children) >= ids.length && /^\d{1,3}$/.test(children)) && { children: t("groups.lacks_children") }),
      }}
      body={() => ({
        etag: read.etag,
        body: {
          referralIds: ids, reason: get("reason") as Handover["reason"], children: Number(children), occurredAt: pastFromLocal(get("occurredAt")),
          givenBy: get("givenBy").trim(), receivedBy: get("receivedBy").trim(), place: get("place").trim(),
          belongings: words("belongings"), papers: words("papers"), note: words("note"),
        },
      })}
    >
      {(mistakes) => (
        <>
          <Whom legend={t("groups.whom_now")} of={of} ticked={ids} mistake={mistakes["whom"]} onChange={leave} />
          {asked.map((name) => (
            <TextField
              key={name} name={name} {...(name !== "place" && { kind: "name" as const })} label={t(labels[name])} {...(name === "givenBy" && { hint: t("handovers.who_hint") })}
              mistake={mistakes[name]} value={get(name)} onChange={set(name)}
            />
          ))}
          <Field name="occurredAt" label={t("handovers.when")} mistake={mistakes["occurredAt"]}>
            {(control) => <input {...control} type="datetime-local" dir="ltr" max={localMinute(new Date())} value={get("occurredAt")} onChange={(event) => set("occurredAt")(event.target.value)} />}
          </Field>
          <TextField name="children" kind="digits" short label={t("handovers.how_many")} hint={t("groups.how_many_hint")} mistake={mistakes["children"]} value={children} onChange={set("children")} />
          <Field name="reason" label={t("handovers.why")}>
            {(control) => (
              <select {...control} value={get("reason")} onChange={(event) => set("reason")(event.target.value)}>
                {reasons.filter(({ code, retired }) => !retired && code !== "to_family").map(({ code }) => <option key={code} value={code}>{reasonLabel(code)}</option>)}
              </select>
            )}
          </Field>
          {(["belongings", "papers", "note"] as const).map((name) => <TextField key={name} name={name} lines={2} label={t(`handovers.${name}`)} value={get(name)} onChange={set(name)} />)}
        </>
      )}
    </TogetherSheet>
  );
}
