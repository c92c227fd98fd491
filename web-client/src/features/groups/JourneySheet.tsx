import { type ReactNode, useState } from "react";
import type { Tagged } from "#api/client.ts";
import { localMinute, pastFromLocal } from "#i18n/format.ts";
import { useText } from "#i18n/i18n.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import type { Group, Member } from "./groups.ts";
import { useJourney } from "./together.ts";
import { TogetherSheet, useWhom, Whom } from "./TogetherSheet.tsx";

type Props = { read: Tagged<Group>; action: "depart" | "arrive"; of: readonly Member[]; onClose: () => void };

/** Several set out with the same escort, or arrive at the same time. */
export function JourneySheet({ read, action, of, onClose }: Props): ReactNode {
  const t = useText();
  const change = useJourney(read.value.id);
  const { ids, lacks, leave } = useWhom(of);
  const [escort, setEscort] = useState("");
  const [at, setAt] = useState(() => localMinute(new Date()));
  const [until, setUntil] = useState("");
  const isArrival = action === "arrive";
  return (
    <TogetherSheet
      groupId={read.value.id} verb={t(`groups.${action}`, { count: ids.length })} about={t(`referrals.about_${action}`)} change={change} onClose={onClose}
      lacks={{
        ...lacks,
        ...(!isArrival && !escort.trim() && { escort: t("referrals.lacks_escort") }),
        ...(isArrival && Number.isNaN(Date.parse(at)) && { at: t("handovers.lacks_when") }),
      }}
      body={() => ({
        etag: read.etag,
        body: isArrival
          ? { action, referralIds: ids, at: pastFromLocal(at), ...(until && { plannedEndAt: new Date(until).toISOString() }) }
          : { action, referralIds: ids, escort: escort.trim() },
      })}
    >
      {(mistakes) => (
        <>
          <Whom legend={t("groups.whom_now")} of={of} ticked={ids} mistake={mistakes["whom"]} onChange={leave} />
          {isArrival
            ? (
              <>
                <Field name="at" label={t("referrals.need_at")} mistake={mistakes["at"]}>
                  {(control) => <input {...control} type="datetime-local" dir="ltr" max={localMinute(new Date())} value={at} onChange={(event) => setAt(event.target.value)} />}
                </Field>
                <Field name="plannedEndAt" label={t("referrals.need_plannedEndAt")}>
                  {(control) => <input {...control} type="datetime-local" dir="ltr" value={until} onChange={(event) => setUntil(event.target.value)} />}
                </Field>
              </>
            )
            : <TextField name="escort" lines={2} label={t("referrals.need_escort")} mistake={mistakes["escort"]} value={escort} onChange={setEscort} />}
        </>
      )}
    </TogetherSheet>
  );
}
