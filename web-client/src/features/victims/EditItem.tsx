import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { Tagged } from "#api/client.ts";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import type { Correction } from "#drafts/correction.ts";
import { useKeptCorrection } from "#drafts/useCorrection.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { ConflictPage } from "#parts/Conflict.tsx";
import { useItemWords } from "#parts/itemWords.tsx";
import { Banner } from "#ui/Banner.tsx";
import type { Mistakes } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Waiting } from "#ui/States.tsx";
import { fieldMistakes } from "#ui/Field.tsx";
import { tidied } from "./goals.ts";
import { BodyFields, lacks, RestrictedField } from "./ItemFields.tsx";
import { type ItemBody, type ItemKind, itemKinds, type ItemView, pathOf, useItem, useItems, useSaveItem } from "./items.ts";

type Props = { id: string; recordId: string; me: Me };

/** All of an item that can be corrected. */
type Written = ItemBody & { restricted: boolean };

const written = ({ body, restricted }: ItemView): Written => ({ ...body, restricted });

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
  const words = useItemWords();
  const [, go] = useLocation();
  const draft = useKeptCorrection<Written>(me.id, `${id}-correct-${recordId}`, "item", { etag: read.etag, value: written(read.value) });
  const save = useSaveItem(id, recordId);
  const isMine = useItems(id).data?.some((one) => one.id === recordId && one.authorIsMe) ?? false;
  const [attempt, setAttempt] = useState(0);
  const correction = draft.value;
  if (!correction) {
    return <main id="main" className="main"><Waiting /></main>;
  }
  const { mine, clashes } = correction;
  const { restricted, ...body } = mine;
  const lacking = lacks(kind, body);
  const own: Mistakes = lacking ? { [`body.${lacking}`]: t(`victims.lacks_${lacking}`) } : {};
  const mistakes = attempt === 0 ? {} : { ...fieldMistakes(save.error), ...own };
  const leave = (): void => go(pathOf(id, kind));
  const send = (settled: Correction<Written>): void => {
    const { restricted: isRestricted, ...said } = settled.mine;
    setAttempt(attempt + 1);
    if (lacks(kind, said)) {
      // Back to the form, where it is said at the field.
      draft.change(settled);
      return;
    }
    save.mutate({ etag: settled.etag, change: { body: tidied(said), restricted: isRestricted } }, {
      onSuccess: () => void draft.drop().finally(leave),
      onError: ({ status }) => status !== 412 && draft.change(settled),
    });
  };
  const frame = { tabTitle: t("victims.correct_entry"), busy: save.isPending, back: leave, saveAndLeave: () => void draft.keep(correction).finally(leave) };
  if (correction.isOpen) {
    return (
      <ConflictPage
        {...frame} correction={correction} onChange={draft.change} save={send} edit={draft.change}
        words={({ restricted: is, ...one }) => [...words(one, read.value), { member: "restricted", label: t("victims.who_may_read"), value: t(is ? "victims.restricted" : "victims.whole_team") }]}
      />
    );
  }
  return (
    <QuestionPage
      {...frame} question={label(kind)} hint={t("victims.written_at", { time: formatMoment(read.value.at, language) })}
      mistakes={mistakes} attempt={attempt} continueLabel={t("victims.save")}
      onContinue={() => {
        if (clashes.length > 0) {
          draft.change({ ...correction, isOpen: true });
        } else {
          send(correction);
        }
      }}
    >
      {save.error && save.error.fields.length === 0 && save.variables.etag === correction.etag && <Banner kind="warning" live>{sentence(save.error)}</Banner>}
      <BodyFields kind={kind} victimId={id} value={body} mistakes={mistakes} onChange={(changed) => draft.change({ ...correction, mine: { ...changed, restricted } })} />
      {isMine && <RestrictedField value={restricted} onChange={(is) => draft.change({ ...correction, mine: { ...body, restricted: is } })} />}
    </QuestionPage>
  );
}
