import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useName, useOptions } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { useAgencies, useAgencyOption } from "#parts/agencies.ts";
import { WorkerByName } from "#parts/WorkerByName.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { controlId, ErrorSummary, fieldMistakes, type Mistakes, TextField } from "#ui/Field.tsx";
import { FilterList } from "#ui/FilterList.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type BlockDraft, useSetBlock } from "./blocks.ts";

const whoms = ["worker", "agency", "person"] as const;
const marks = ["nationalId", "phone", "name", "fatherName"] as const;
type Whom = (typeof whoms)[number];
type Person = Record<(typeof marks)[number], string>;

/** A worker, an agency with all its units, or somebody who is no worker yet. Whether the last is one already nobody is told. */
export function KeepAway({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const set = useSetBlock(id);
  const [whom, setWhom] = useState<Whom>("worker");
  const [agencyId, setAgencyId] = useState<string>();
  const [workerId, setWorkerId] = useState<string>();
  const [person, setPerson] = useState<Person>({ nationalId: "", phone: "", name: "", fatherName: "" });
  const [reason, setReason] = useState<BlockDraft["reason"]>();
  const [note, setNote] = useState("");
  const [attempt, setAttempt] = useState(0);
  const said = Object.fromEntries(marks.map((mark) => [mark, person[mark].trim()]).filter(([, text]) => text)) as Partial<Person>;
  const lacks: Mistakes = {
    ...(whom === "agency" && !agencyId && { agencyId: t("victims.lacks_agencies") }),
    ...(whom === "worker" && !workerId && { workerId: t("victims.lacks_blocked_worker") }),
    ...(whom === "person" && Object.keys(said).length === 0 && { "person.nationalId": t("victims.lacks_marks") }),
    ...(whom === "person" && said.name && !said.fatherName && { "person.fatherName": t("victims.lacks_both_names") }),
    ...(whom === "person" && said.fatherName && !said.name && { "person.name": t("victims.lacks_both_names") }),
    ...(!reason && { reason: t("victims.lacks_block_reason") }),
  };
  const refused = fieldMistakes(set.error);
  const mistakes: Mistakes = attempt > 0 ? { ...refused, ...lacks } : {};
  const reasons = useOptions("block_reason");
  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (reason && Object.keys(lacks).length === 0) {
      set.mutate({
        reason, ...(note.trim() && { note: note.trim() }),
        ...(whom === "worker" && workerId && { workerId }), ...(whom === "agency" && agencyId && { agencyId }), ...(whom === "person" && { person: said }),
      }, { onSuccess: onClose });
    }
  };
  return (
    <Sheet title={t("victims.keep_away")} verb={t("victims.keep_away")} busy={set.isPending} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {set.error && Object.keys(refused).length === 0 && <Banner kind="warning" live>{sentence(set.error)}</Banner>}
      <Ticks
        name="whom" kind="radio" legend={t("victims.block_whom")} ticked={[whom]} onChange={([one]) => one && setWhom(one)}
        options={whoms.map((value) => ({ value, label: t(`victims.block_${value}`) }))}
      />
      {whom !== "person" && <Where chosen={agencyId} mistake={mistakes["agencyId"]} onChoose={(one) => { setAgencyId(one); setWorkerId(undefined); }} />}
      {whom === "worker" && agencyId && (
        <WorkerByName
          name="workerId" agencyId={agencyId} chosen={workerId} mistake={mistakes["workerId"]} onChoose={setWorkerId}
          words={{ label: t("victims.block_worker_name"), look: t("victims.block_look"), nobody: t("victims.block_nobody"), who: t("victims.block_who") }}
        />
      )}
      {whom === "worker" && !agencyId && mistakes["workerId"] && <p className="wrong-text" id={controlId("workerId")} tabIndex={-1}>{mistakes["workerId"]}</p>}
      {whom === "person" && (
        <>
          <p className="quiet">{t("victims.block_person_about")}</p>
          {marks.map((mark) => (
            <TextField
              key={mark} name={`person.${mark}`} label={t(`victims.block_${mark}`)} type={mark === "phone" ? "tel" : "text"} kind={mark.endsWith("ame") ? "name" : "text"}
              mistake={mistakes[`person.${mark}`]} value={person[mark]} onChange={(text) => setPerson({ ...person, [mark]: text })}
            />
          ))}
        </>
      )}
      <Ticks
        name="reason" kind="radio" legend={t("victims.block_why")} mistake={mistakes["reason"]} options={reasons} ticked={reason ? [reason] : []}
        onChange={([one]) => one && setReason(one as BlockDraft["reason"])}
      />
      <TextField name="note" label={t("victims.block_note")} lines={3} value={note} onChange={setNote} />
    </Sheet>
  );
}

function Where({ chosen, mistake, onChoose }: { chosen: string | undefined; mistake: string | undefined; onChoose: (id: string | undefined) => void }): ReactNode {
  const t = useText();
  const name = useName();
  const option = useAgencyOption();
  const agencies = useAgencies();
  return (
    <div className={`stack-tight field${mistake ? " wrong" : ""}`}>
      {mistake && <p className="wrong-text" id={controlId("agencyId")} tabIndex={-1}>{mistake}</p>}
      <Loaded query={agencies}>
        {(all) => {
          const one = all.find((agency) => agency.id === chosen);
          return one
            ? <p className="spread"><strong>{name(one)}</strong><Button kind="plain" onClick={() => onChoose(undefined)}>{t("victims.leave_out")}</Button></p>
            : <FilterList label={t("victims.find_agency")} onChoose={onChoose} options={all.map(option)} />;
        }}
      </Loaded>
    </div>
  );
}
