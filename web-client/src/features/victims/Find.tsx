import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import type { Me } from "#api/shapes.ts";
import { saveDraft } from "#drafts/vault.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { ErrorSummary, fieldMistakes, type Mistakes, TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { FoundList } from "./FoundList.tsx";
import { kind, newRegistration } from "./registration.ts";
import { inItsScript, nothingSought, type Sought, useSearch } from "./search.ts";

/** Search what one may see, then create. */
export default function Find({ me }: { me: Me }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [, go] = useLocation();
  const [sought, setSought] = useState(nothingSought);
  const [attempt, setAttempt] = useState(0);
  const search = useSearch();
  const lacking = attempt > 0 && Object.values(sought).every((text) => !text.trim());
  const mistakes: Mistakes = lacking ? { name: t("victims.lacks_sought") } : fieldMistakes(search.error);
  const isWrong = Object.keys(mistakes).length > 0;
  const change = (part: keyof Sought) => (text: string): void => {
    search.reset();
    setSought({ ...sought, [part]: text });
  };
  const field = (part: keyof Sought) => ({ name: part, label: t(`victims.sought_${part}`), value: sought[part], mistake: mistakes[part], onChange: change(part) });
  // The name is not asked twice: it goes into the draft, never into the address.
  const register = async (): Promise<void> => {
    const id = crypto.randomUUID();
    const name = inItsScript(sought.name);
    const lookedFor = search.data !== undefined || search.error?.status === 422;
    const value = { ...newRegistration(), ur: name.ur ?? "", latin: name.latin ?? "", fatherName: sought.fatherName, nameAsked: true, searched: true, lookedFor };
    await saveDraft(me.id, { id, kind, startedAt: Date.now(), savedAt: Date.now(), value });
    go(`/register/${id}/${sought.name.trim() ? "who" : "name"}`);
  };
  return (
    <Page title={t("victims.find")} wrong={isWrong} lead={<p className="quiet">{t("victims.find_lead")}</p>}>
      <form
        noValidate className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setAttempt(attempt + 1);
          if (Object.values(sought).some((text) => text.trim())) {
            search.mutate(sought, { onError: () => setAttempt((before) => before + 1) });
          }
        }}
      >
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        {search.error && !isWrong && <Banner kind="warning" live>{search.error.code === "offline" ? t("victims.find_offline") : sentence(search.error)}</Banner>}
        <TextField {...field("name")} kind="name" hint={t("victims.sought_name_hint")} />
        <TextField {...field("fatherName")} kind="name" />
        <TextField {...field("caseCode")} />
        <TextField {...field("phone")} kind="digits" hint={t("victims.sought_phone_hint")} />
        <TextField {...field("cnic")} kind="digits" />
        <div><Button type="submit" kind={search.data ? "secondary" : "primary"} busy={search.isPending}>{t("victims.search")}</Button></div>
      </form>
      {search.data && <FoundList found={search.data} takesFocus />}
      {search.data && sought.caseCode.trim() && search.data.items.every(({ because }) => !because.includes("case_code")) && me.areas.includes("emergency") && (
        <div className="stack-tight">
          <p className="quiet">{t("victims.emergency_hint")}</p>
          <div><Button onClick={() => go("/emergency", { state: { caseCode: sought.caseCode } })}>{t("victims.emergency_enter")}</Button></div>
        </div>
      )}
      {(search.data || (search.error && !isWrong)) && (
        <div className="stack-tight">
          <p className="quiet">{t("victims.not_among_them")}</p>
          <div><Button kind="primary" onClick={() => void register()}>{t("victims.register_new")}</Button></div>
        </div>
      )}
    </Page>
  );
}
