import { type ReactNode, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import type { Mistakes } from "#ui/Field.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Waiting } from "#ui/States.tsx";
import { fieldMistakes } from "#ui/Field.tsx";
import { tidied } from "./goals.ts";
import { BodyFields, lacks, RestrictedField } from "./ItemFields.tsx";
import { newItem, useAddItem } from "./addItem.ts";
import { isListed, type ItemDraft, type ItemKind, itemKinds, pathOf } from "./items.ts";

type Props = { id: string; kind: string; me: Me };

export default function WriteItem({ id, kind, me }: Props): ReactNode {
  const known = itemKinds.find((one) => one === kind);
  return known ? <Form id={id} kind={known} me={me} /> : <Redirect to={`/cases/${id}/about`} replace />;
}

/** An incident, a screening or a note: kept on the phone until it is saved, and for the team alone unless more is said. */
function Form({ id, kind, me }: { id: string; kind: ItemKind; me: Me }): ReactNode {
  const t = useText();
  const label = useLabel("record_kind");
  const sentence = useProblemText();
  const [, go] = useLocation();
  const [empty] = useState(() => newItem(kind));
  const draft = useDraft<ItemDraft>(me.id, `${id}-${kind}`, "item", empty);
  const add = useAddItem(me, id);
  const [attempt, setAttempt] = useState(0);
  const item = draft.value;
  if (!item) {
    return <main id="main" className="main"><Waiting /></main>;
  }
  const lacking = lacks(kind, item.body);
  const own: Mistakes = lacking ? { [`body.${lacking}`]: t(`victims.lacks_${lacking}`) } : {};
  const mistakes = attempt === 0 ? {} : { ...fieldMistakes(add.error), ...own };
  const leave = (): void => go(pathOf(id, kind));
  return (
    <QuestionPage
      question={label(kind)} tabTitle={t("victims.add_about")} hint={t(`victims.about_${kind}`)} mistakes={mistakes} attempt={attempt} busy={add.isPending}
      back={() => (isListed(kind) ? go(`/cases/${id}/about`) : leave())} saveAndLeave={() => void draft.keep(item).finally(leave)} continueLabel={t("victims.save")}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (!lacking) {
          add.mutate({ ...item, body: tidied(item.body) }, { onSuccess: (added) => void draft.drop().finally(() => (added ? leave() : go("/waiting"))) });
        }
      }}
    >
      {add.error && add.error.fields.length === 0 && <Banner kind="warning" live>{sentence(add.error)}</Banner>}
      <BodyFields kind={kind} victimId={id} value={item.body} mistakes={mistakes} onChange={(body) => draft.change({ ...item, body })} />
      {isListed(kind) && <RestrictedField value={item.restricted ?? false} onChange={(restricted) => draft.change({ ...item, restricted })} />}
    </QuestionPage>
  );
}
