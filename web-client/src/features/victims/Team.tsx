import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useName } from "#api/reference.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty } from "#ui/States.tsx";
import { type Member, useAssignable, useJoin, useLeave, useTeam } from "./team.ts";

type Props = { id: string; mayManage: boolean };

/** Who can open the whole case beside its supervisors. */
export function Team({ id, mayManage }: Props): ReactNode {
  const t = useText();
  const team = useTeam(id);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  return (
    <section className="stack-tight" aria-labelledby="team">
      <h2 id="team">{t("victims.team")}</h2>
      <Loaded query={team}>
        {(members) => members.length === 0 ? <Empty>{t("victims.no_team")}</Empty> : (
          <ul className="card facts">
            {members.map((member) => <Row key={member.id} member={member} leave={mayManage ? () => setLeaving(member) : undefined} />)}
          </ul>
        )}
      </Loaded>
      {mayManage && <div className="row"><Button onClick={() => setAdding(true)}>{t("victims.team_add")}</Button></div>}
      {adding && <Join id={id} onClose={() => setAdding(false)} />}
      {leaving && <Leave id={id} member={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

function Row({ member, leave }: { member: Member; leave: (() => void) | undefined }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  return (
    <li className="spread">
      <div>
        <strong><bdi>{member.displayName}</bdi></strong>
        <p className="quiet small">{name(member.agency)} · {t("victims.team_since", { day: formatDate(member.fromAt, language) })}</p>
      </div>
      {leave && <Button kind="plain" onClick={leave}>{t("victims.team_remove")}<span className="visually-hidden">: {member.displayName}</span></Button>}
    </li>
  );
}

function Join({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const assignable = useAssignable(id);
  const join = useJoin(id);
  const [chosen, setChosen] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && !chosen ? { worker: t("victims.lacks_worker") } : {};
  return (
    <Sheet
      title={t("victims.team_add")} verb={t("victims.team_add")} busy={join.isPending} onClose={onClose}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (chosen) {
          join.mutate(chosen, { onSuccess: onClose });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {join.error && <Banner kind="warning" live>{sentence(join.error)}</Banner>}
      <p className="quiet">{t("victims.team_about")}</p>
      <Loaded query={assignable}>
        {(workers) => workers.every((one) => !one.canBeAssigned) ? <p>{t("victims.team_nobody")}</p> : (
          <Ticks
            name="worker" kind="radio" legend={t("victims.team_whom")} mistake={mistakes["worker"]} ticked={chosen ? [chosen] : []} onChange={([one]) => setChosen(one)}
            options={workers.filter((one) => one.canBeAssigned).map((one) => ({ value: one.id, label: <bdi>{one.displayName}</bdi> }))}
          />
        )}
      </Loaded>
    </Sheet>
  );
}

function Leave({ id, member, onClose }: { id: string; member: Member; onClose: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const leave = useLeave(id);
  return (
    <Sheet title={t("victims.team_remove")} verb={t("victims.team_remove")} danger busy={leave.isPending} onClose={onClose} onConfirm={() => leave.mutate(member.id, { onSuccess: onClose })}>
      {leave.error && <Banner kind="warning" live>{sentence(leave.error)}</Banner>}
      <p>{t("victims.team_loses", { name: member.displayName })}</p>
    </Sheet>
  );
}
