import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { Tagged } from "#api/client.ts";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { useItemWords } from "#parts/itemWords.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import type { Mistakes } from "#ui/Field.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Waiting } from "#ui/States.tsx";
import { beginFrom, type Correction, give, over } from "./correction.ts";
import { tidied } from "./goals.ts";
import { BodyFields, lacks, RestrictedField } from "./ItemFields.tsx";
import { type ItemKind, itemKinds, type ItemView, useItem, useItems, useSaveItem } from "./items.ts";
import { fieldMistakes } from "./mistakes.ts";

type Props = { id: string; recordId: string; me: Me };

/** An item that was written before, corrected by whoever of the team can open it. */
export default function EditItem(props: Props): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const item = useItem(props.id, props.recordId);
  const kind = itemKinds.find((one) => one === item.data?.value.kind);
  return item.data && kind
    ? <Form {...props} kind={kind} read={item.data} />
    : <Page title={t("victims.correct_entry")} back={() => go(`/cases/${props.id}`)}><Loaded query={item}>{() => null}</Loaded></Page>;
}

function Form({ id, recordId, me, kind, read }: Props & { kind: ItemKind; read: Tagged<ItemView> }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const label = useLabel("record_kind");
  const sentence = useProblemText();
  const [, go] = useLocation();
  const draft = useDraft<Correction>(me.id, `${id}-correct-${recordId}`, "item", beginFrom(read));
  const save = useSaveItem(id, recordId);
  const isMine = useItems(id).data?.some((one) => one.id === recordId && one.authorIsMe) ?? false;
  const [attempt, setAttempt] = useState(0);
  const correction = draft.value;
  const isBehind = correction !== undefined && correction.etag !== read.etag;
  const { change } = draft;
  useEffect(() => {
    if (correction && isBehind) {
      change(over(correction, read));
    }
    // Once for each version that was read.
    // eslint-disable-next-line react/exhaustive-deps
  }, [isBehind, read.etag]);
  if (!correction || isBehind) {
    return <main id="main" className="main"><Waiting /></main>;
  }
  const { mine, etag } = correction;
  const { restricted, ...body } = mine;
  const lacking = lacks(kind, body);
  const own: Mistakes = lacking ? { [`body.${lacking}`]: t(`victims.lacks_${lacking}`) } : {};
  const mistakes = attempt === 0 ? {} : { ...fieldMistakes(save.error), ...own };
  const leave = (): void => go(kind === "plan" || kind === "visit" ? `/cases/${id}/${kind === "plan" ? "plan" : "visits"}` : `/cases/${id}`);
  return (
    <QuestionPage
      question={label(kind)} tabTitle={t("victims.correct_entry")} hint={t("victims.written_at", { time: formatMoment(read.value.at, language) })}
      mistakes={mistakes} attempt={attempt} busy={save.isPending} back={leave} saveAndLeave={() => void draft.keep(correction).finally(leave)}
      continueLabel={t(correction.clashes.length > 0 ? "victims.save_over" : "victims.save")}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (!lacking) {
          save.mutate({ etag, change: { body: tidied(body), restricted } }, { onSuccess: () => void draft.drop().finally(leave) });
        }
      }}
    >
      {save.error && save.error.fields.length === 0 && save.variables.etag === etag && <Banner kind="warning" live>{sentence(save.error)}</Banner>}
      <Meanwhile correction={correction} onChange={change} />
      <BodyFields kind={kind} victimId={id} value={body} mistakes={mistakes} onChange={(changed) => change({ ...correction, mine: { ...changed, restricted } })} />
      {isMine && <RestrictedField value={restricted} onChange={(is) => change({ ...correction, mine: { ...body, restricted: is } })} />}
    </QuestionPage>
  );
}

/** What somebody else wrote while this was open: both versions where both wrote, and what was taken over. */
function Meanwhile({ correction, onChange }: { correction: Correction; onChange: (correction: Correction) => void }): ReactNode {
  const t = useText();
  const words = useItemWords();
  const { from, mine, clashes, taken } = correction;
  if (clashes.length === 0 && taken.length === 0) {
    return null;
  }
  const theirs = words(from);
  const ours = words(mine);
  const takenOver = [...theirs.filter(({ member }) => taken.includes(member)).map(({ label }) => label), ...(taken.includes("restricted") ? [t("victims.who_may_read")] : [])];
  const nothing = <span className="quiet">{t("parts.nothing_written")}</span>;
  return (
    <>
      <Banner kind="warning" live>
        <p>{t("victims.changed_meanwhile")}</p>
        {taken.length > 0 && <p>{t("victims.taken_over", { members: takenOver.join(t("parts.comma")) })}</p>}
      </Banner>
      {theirs.filter(({ member }) => clashes.includes(member)).map(({ member, label, value }) => (
        <section key={member} className="card stack-tight" aria-label={label}>
          <h2>{label}</h2>
          <CheckAnswers
            bare
            facts={[
              { label: t("victims.in_record"), value: value || nothing },
              { label: t("victims.yours"), value: ours.find((one) => one.member === member)?.value || nothing },
            ]}
          />
          <Button onClick={() => onChange(give(correction, member))}>{t("victims.take_theirs")}<span className="visually-hidden"> {label}</span></Button>
        </section>
      ))}
    </>
  );
}
