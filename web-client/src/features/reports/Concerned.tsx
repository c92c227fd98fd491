import type { ReactNode } from "react";
import { useName } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { useAgencies } from "#parts/agencies.ts";
import { WorkerByName } from "#parts/WorkerByName.tsx";
import { Field, type Mistakes } from "#ui/Field.tsx";
import type { Call } from "./call.ts";

type Props = { call: Call; mistakes: Mistakes; onChange: (call: Call) => void };

/** Whom it is about, so that it goes round them: of a complaint an agency and perhaps somebody there; of a call for help whose own household is meant. */
export function Concerned(props: Props): ReactNode {
  const t = useText();
  return props.call.kind === "complaint"
    ? <><AboutAgency {...props} /><AboutWorker {...props} /></>
    : (
      <details open={props.call.aboutWorkerId !== undefined}>
        <summary>{t("reports.own_household")}</summary>
        <div className="stack">
          <p className="quiet">{t("reports.own_household_hint")}</p>
          <AboutAgency {...props} />
          <AboutWorker {...props} />
        </div>
      </details>
    );
}

function AboutAgency({ call, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const name = useName();
  const { data = [] } = useAgencies();
  return (
    <Field name="aboutAgencyId" label={t("reports.about_agency")} hint={t("reports.about_agency_hint")} mistake={mistakes["aboutAgencyId"]}>
      {(control) => (
        <select {...control} value={call.aboutAgencyId ?? ""} onChange={(event) => onChange({ ...call, aboutAgencyId: event.target.value, aboutWorkerId: undefined })}>
          <option value="">{t("reports.choose")}</option>
          {data.map((agency) => <option key={agency.id} value={agency.id}>{name(agency)}</option>)}
        </select>
      )}
    </Field>
  );
}

/** By name, in any script: no list of an agency's people is shown to whoever answers calls. */
function AboutWorker({ call, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  return call.aboutAgencyId && (
    <WorkerByName
      name="aboutWorkerId" agencyId={call.aboutAgencyId} chosen={call.aboutWorkerId} mistake={mistakes["aboutWorkerId"]}
      words={{
        label: t("reports.worker_name"), hint: t("reports.worker_name_hint"), look: t("reports.look_up"), nobody: t("reports.no_such_worker"),
        who: t("reports.who_is_meant"), none: t("reports.none_of_these"),
      }}
      onChoose={(aboutWorkerId) => onChange({ ...call, aboutWorkerId })}
    />
  );
}
