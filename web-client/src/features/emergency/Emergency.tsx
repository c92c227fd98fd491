import { type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useOptions } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { CaseCode } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ClockChip, useMinute } from "#ui/Chips.tsx";
import { ErrorSummary, fieldMistakes, type Mistakes, TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { type Access, type Draft, useAccesses, useOpenCase } from "./emergency.ts";

type Reason = Draft["reason"];
type Group = Draft["groups"][number];

/** The documents that can be opened; items never are. */
const groups: readonly Group[] = ["identity", "contact", "demographics", "health"];

/** A case whose code is known is opened before anybody is asked; this page says first who hears of it. */
export default function Emergency(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [, go] = useLocation();
  const groupLabel = useLabel("data_group");
  const reasons = useOptions("break_glass_reason");
  const [caseCode, setCaseCode] = useState(useHistoryState<{ caseCode?: string } | null>()?.caseCode ?? "");
  const [reason, setReason] = useState<Reason>();
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState<Group[]>([]);
  const [attempt, setAttempt] = useState(0);
  const opening = useOpenCase();
  const lacking: Mistakes = {
    ...(!caseCode.trim() && { caseCode: t("emergency.lacks_code") }), ...(!reason && { reason: t("emergency.lacks_reason") }), ...(!note.trim() && { note: t("emergency.lacks_note") }),
  };
  const mistakes: Mistakes = attempt > 0 && Object.keys(lacking).length > 0 ? lacking : fieldMistakes(opening.error);
  const isWrong = Object.keys(mistakes).length > 0;
  const change = <Value,>(set: (value: Value) => void) => (value: Value): void => {
    opening.reset();
    set(value);
  };
  const send = (): void => {
    setAttempt(attempt + 1);
    if (reason && Object.keys(lacking).length === 0) {
      opening.mutate({ caseCode: caseCode.trim(), reason, note: note.trim(), groups: asked }, {
        onSuccess: ({ victimId, id }) => go(victimId ? `/cases/${victimId}` : `/emergency/${id}`),
        onError: () => setAttempt((before) => before + 1),
      });
    }
  };
  return (
    <Page title={t("emergency.title")} wrong={isWrong} lead={<p className="quiet">{t("emergency.lead")}</p>}>
      <Own />
      <form noValidate className="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        {opening.error && !isWrong && (
          <Banner kind="warning" live>
            <p>{sentence(opening.error)}</p>
            {opening.error.status === 404 && <p>{t("emergency.ring")}</p>}
          </Banner>
        )}
        <TextField name="caseCode" label={t("parts.code")} hint={t("emergency.code_hint")} value={caseCode} mistake={mistakes["caseCode"]} onChange={change(setCaseCode)} />
        <Ticks
          name="reason" kind="radio" legend={t("emergency.reason")} mistake={mistakes["reason"]} ticked={reason ? [reason] : []} onChange={change(([one]: string[]) => setReason(one as Reason | undefined))}
          options={reasons}
        />
        <TextField name="note" lines={3} label={t("emergency.note")} hint={t("emergency.note_hint")} value={note} mistake={mistakes["note"]} onChange={change(setNote)} />
        <Ticks
          name="groups" legend={t("emergency.groups")} hint={t("emergency.groups_hint")} ticked={asked} onChange={change(setAsked)}
          options={groups.map((value) => ({ value, label: groupLabel(value) }))}
        />
        <Banner kind="info">{t("emergency.told")}</Banner>
        <div><Button type="submit" kind="danger" busy={opening.isPending}>{t("emergency.open")}</Button></div>
      </form>
    </Page>
  );
}

/** What the reader opened and nobody has answered for. */
function Own(): ReactNode {
  const t = useText();
  const { data = [] } = useAccesses();
  const own = data.filter((one) => one.own);
  return own.length > 0 && (
    <section className="stack-tight" aria-labelledby="own">
      <h2 id="own">{t("emergency.own")}</h2>
      <ul className="cards">{own.map((access) => <OwnRow key={access.id} access={access} />)}</ul>
    </section>
  );
}

function OwnRow({ access: { id, caseCode, victimId, openedAt, untilAt } }: { access: Access }): ReactNode {
  const t = useText();
  const isOpen = Date.parse(untilAt) > useMinute();
  return (
    <li className="card spread">
      <div className="stack-tight">
        <p><Link href={`/emergency/${id}`}>{t("emergency.one")}{caseCode && <>{t("parts.comma")}<CaseCode code={caseCode} /></>}</Link></p>
        {isOpen && victimId && <p><Link href={`/cases/${victimId}`}>{t("emergency.to_case")}</Link></p>}
      </div>
      {isOpen ? <ClockChip startedAt={openedAt} dueAt={untilAt} state="running" /> : <span className="quiet">{t("emergency.waits")}</span>}
    </li>
  );
}
