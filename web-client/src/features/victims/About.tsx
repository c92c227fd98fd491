import { type ReactNode, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import type { Tagged } from "#api/client.ts";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import type { Correction, Cut } from "#drafts/correction.ts";
import { useKeptCorrection } from "#drafts/useCorrection.ts";
import { useText } from "#i18n/i18n.tsx";
import { ConflictPage } from "#parts/Conflict.tsx";
import { Banner } from "#ui/Banner.tsx";
import type { Mistakes } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { TaskList } from "#ui/Lists.tsx";
import { Waiting } from "#ui/States.tsx";
import { fieldMistakes } from "#ui/Field.tsx";
import { ContactForm } from "./ContactForm.tsx";
import { type DocumentKind, documentKinds, type Documents, useDocument, useSaveDocument } from "./documents.ts";
import { useDocumentWords } from "./documentWords.tsx";
import { useVictim } from "./getVictim.ts";
import { HealthForm } from "./HealthForm.tsx";
import { IdentityForm } from "./IdentityForm.tsx";
import { isListed, itemKinds } from "./items.ts";

type Props = { id: string; document?: string | undefined; me: Me };

/** What can be told of a person, one document a page; nothing has to be. */
export default function About({ id, document, me }: Props): ReactNode {
  const kind = documentKinds.find((one) => one === document);
  if (kind) {
    return <Edit key={kind} id={id} kind={kind} me={me} />;
  }
  return document ? <Redirect to={`/cases/${id}/about`} replace /> : <Tasks id={id} />;
}

function Tasks({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const group = useLabel("data_group");
  const kindLabel = useLabel("record_kind");
  const victim = useVictim(id);
  return (
    <Page title={t("victims.add_about")} back={() => go(`/cases/${id}`)} lead={<p className="quiet">{t("victims.about_hint")}</p>}>
      <Loaded query={victim}>
        {({ groups, may }) => (
          <>
            <TaskList tasks={documentKinds.filter((kind) => groups.includes(kind)).map((kind) => ({ label: group(kind), href: `/cases/${id}/about/${kind}` }))} />
            {may.edit && (
              <section className="stack-tight" aria-labelledby="items">
                <h2 id="items">{t("victims.write_new")}</h2>
                <TaskList tasks={itemKinds.filter(isListed).map((kind) => ({ label: kindLabel(kind), href: `/cases/${id}/items/${kind}` }))} />
              </section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Edit({ id, kind, me }: { id: string; kind: DocumentKind; me: Me }): ReactNode {
  const document = useDocument(id, kind);
  const t = useText();
  return document.data
    ? <Form id={id} kind={kind} me={me} read={document.data} />
    : <Page title={t("victims.add_about")}><Loaded query={document}>{() => null}</Loaded></Page>;
}

export type FormProps<Kind extends DocumentKind> = { value: Documents[Kind]; mistakes: Mistakes; onChange: (value: Documents[Kind]) => void };

/** Names fall into their scripts, and ways to reach her into the ways; a number goes with the paper that it stands on. */
const cut: Cut = { split: ["name", "fatherName", "safeContact"], joined: { nationalId: ["nationalIdKind"] } };

function Form<Kind extends DocumentKind>({ id, kind, me, read }: { id: string; kind: Kind; me: Me; read: Tagged<Documents[Kind]> }): ReactNode {
  const t = useText();
  const group = useLabel("data_group");
  const words = useDocumentWords(kind);
  const sentence = useProblemText();
  const [, go] = useLocation();
  const draft = useKeptCorrection<Documents[Kind]>(me.id, `${id}-correct-${kind}`, "about", read, cut);
  const save = useSaveDocument(id, kind);
  const [attempt, setAttempt] = useState(0);
  const correction = draft.value;
  if (!correction) {
    return <main id="main" className="main"><Waiting /></main>;
  }
  const mistakes = fieldMistakes(save.error);
  const leave = (): void => go(`/cases/${id}`);
  const send = (settled: Correction<Documents[Kind]>): void => save.mutate({ etag: settled.etag, body: settled.mine }, {
    onSuccess: () => void draft.drop().finally(leave),
    onError: ({ status }) => {
      setAttempt(attempt + 1);
      if (status !== 412) {
        draft.change(settled);
      }
    },
  });
  const frame = {
    tabTitle: t("victims.add_about"), busy: save.isPending, back: () => go(`/cases/${id}/about`), saveAndLeave: () => void draft.keep(correction).finally(leave),
  };
  if (correction.isOpen) {
    return <ConflictPage {...frame} correction={correction} words={words} cut={cut} save={send} edit={draft.change} onChange={draft.change} />;
  }
  return (
    <QuestionPage
      {...frame} question={group(kind)} mistakes={mistakes} attempt={attempt} continueLabel={t("victims.save")}
      onContinue={() => (correction.clashes.length > 0 ? draft.change({ ...correction, isOpen: true }) : send(correction))}
    >
      {save.error && save.error.fields.length === 0 && save.variables.etag === correction.etag && <Banner kind="warning" live>{sentence(save.error)}</Banner>}
      <Fields kind={kind} value={correction.mine} mistakes={mistakes} onChange={(mine: Documents[Kind]) => draft.change({ ...correction, mine })} />
    </QuestionPage>
  );
}

function Fields({ kind, value, mistakes, onChange }: { kind: DocumentKind; value: unknown; mistakes: Mistakes; onChange: (value: never) => void }): ReactNode {
  switch (kind) {
    case "identity": return <IdentityForm value={value as Documents["identity"]} mistakes={mistakes} onChange={onChange as (value: Documents["identity"]) => void} />;
    case "contact": return <ContactForm value={value as Documents["contact"]} mistakes={mistakes} onChange={onChange as (value: Documents["contact"]) => void} />;
    case "health": return <HealthForm value={value as Documents["health"]} mistakes={mistakes} onChange={onChange as (value: Documents["health"]) => void} />;
  }
}
