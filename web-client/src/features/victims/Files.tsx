import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useTaxonomy, useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Opened } from "#parts/Documents.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Field } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { useVictim } from "./getVictim.ts";
import { type Shows, useAddFile, useFiles } from "./files.ts";
import { most, NoPicture, readyToSend } from "./picture.ts";

/** Papers and pictures of a case: listed without a word, opened one by one. */
export default function Files({ id }: { id: string }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const [, go] = useLocation();
  const victim = useVictim(id);
  const files = useFiles(id);
  return (
    <Page title={t("victims.files")} back={() => go(`/cases/${id}`)}>
      <Loaded query={files}>
        {(rows) => rows.length === 0 ? <Empty>{t("victims.files_none")}</Empty> : (
          <section className="stack-tight" aria-labelledby="kept">
            <h2 id="kept">{t("victims.files_kept")}</h2>
            {rows.map(({ id: recordId, group, kind, at }) => <Opened key={recordId} victimId={id} group={group} recordId={recordId} kind={kind} detail={formatMoment(at, language)} />)}
          </section>
        )}
      </Loaded>
      {victim.data?.may.edit && <Add victimId={id} />}
    </Page>
  );
}

function Add({ victimId }: { victimId: string }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const label = useLabel("document_kind");
  const { data: kinds = [] } = useTaxonomy("document_kind");
  const add = useAddFile(victimId);
  const [shows, setShows] = useState<Shows | "">("");
  const [restricted, setRestricted] = useState(false);
  const [file, setFile] = useState<{ id: string; file: File }>();
  const [fault, setFault] = useState<TextId>();
  const [isAsked, setAsked] = useState(false);
  const [round, setRound] = useState(0);
  const [isBusy, setBusy] = useState(false);

  const send = async (): Promise<void> => {
    setAsked(true);
    setFault(undefined);
    if (!shows || !file) {
      return;
    }
    setBusy(true);
    try {
      const bytes = await readyToSend(file.file);
      if (bytes.size > most) {
        setFault("victims.files_too_big");
        return;
      }
      add.mutate({ id: file.id, shows, restricted, bytes }, {
        onSuccess: () => {
          setFile(undefined);
          setAsked(false);
          setRound(round + 1);
        },
      });
    } catch (reason) {
      if (!(reason instanceof NoPicture)) {
        throw reason;
      }
      setFault("victims.files_not_picture");
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="stack" noValidate aria-labelledby="add-file" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <h2 id="add-file">{t("victims.files_add")}</h2>
      {add.isSuccess && !file && <Banner kind="good" live>{t("victims.files_saved")}</Banner>}
      {add.error && <Banner kind="warning" live>{sentence(add.error)}</Banner>}
      <Field name="shows" label={t("victims.files_what")} mistake={isAsked && !shows ? t("victims.files_lacks_what") : undefined}>
        {(control) => (
          <select {...control} value={shows} onChange={(event) => setShows(event.target.value as Shows)}>
            <option value="">{t("victims.choose")}</option>
            {kinds.filter(({ retired }) => !retired).map(({ code }) => <option key={code} value={code}>{label(code)}</option>)}
          </select>
        )}
      </Field>
      <Field name="file" label={t("victims.files_choose")} hint={t("victims.files_choose_hint")} mistake={fault ? t(fault) : isAsked && !file ? t("victims.files_lacks_file") : undefined}>
        {(control) => (
          <input
            {...control} key={round} type="file" accept="image/*,application/pdf"
            onChange={({ target }) => {
              const [chosen] = target.files ?? [];
              setFault(undefined);
              setFile(chosen && { id: crypto.randomUUID(), file: chosen });
            }}
          />
        )}
      </Field>
      <Ticks
        name="restricted" legend={t("victims.who_may_read")} ticked={restricted ? ["restricted"] : []}
        options={[{ value: "restricted", label: t("victims.restricted"), hint: t("victims.restricted_hint") }]}
        onChange={(ticked) => setRestricted(ticked.length > 0)}
      />
      <div><Button kind="primary" type="submit" busy={isBusy || add.isPending}>{t("victims.files_send")}</Button></div>
    </form>
  );
}
