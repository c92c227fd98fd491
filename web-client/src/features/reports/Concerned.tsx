import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import { type Problem, useProblemText } from "#api/problems.ts";
import { useName } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { useAgencies } from "#parts/agencies.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import type { Call } from "./call.ts";

type Props = { call: Call; mistakes: Mistakes; onChange: (call: Call) => void };
type Worker = components["schemas"]["WorkerRef"];

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

const nobody = "nobody";

/** By name, in any script: no list of an agency's people is shown to whoever answers calls. */
function AboutWorker({ call, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [name, setName] = useState("");
  const look = useMutation<readonly Worker[], Problem, string>({
    mutationFn: async (agencyId) => (await answer(api.POST("/api/v1/workers/match", { body: { agencyId, name } }))).items,
  });
  const agencyId = call.aboutAgencyId;
  if (!agencyId) {
    return null;
  }
  return (
    <>
      <TextField name="aboutWorkerId" kind="name" label={t("reports.worker_name")} hint={t("reports.worker_name_hint")} mistake={mistakes["aboutWorkerId"]} value={name} onChange={setName} />
      <div><Button busy={look.isPending} disabled={name.trim() === ""} onClick={() => look.mutate(agencyId)}>{t("reports.look_up")}</Button></div>
      {look.error && <Banner kind="warning" live>{sentence(look.error)}</Banner>}
      {look.data?.length === 0 && <Banner kind="info" live>{t("reports.no_such_worker")}</Banner>}
      {look.data && look.data.length > 0 && (
        <Ticks
          name="who" kind="radio" legend={t("reports.who_is_meant")} ticked={[call.aboutWorkerId ?? nobody]}
          options={[...look.data.map(({ id, displayName }) => ({ value: id, label: <bdi>{displayName}</bdi> })), { value: nobody, label: t("reports.none_of_these") }]}
          onChange={([id]) => onChange({ ...call, aboutWorkerId: id === nobody ? undefined : id })}
        />
      )}
    </>
  );
}
