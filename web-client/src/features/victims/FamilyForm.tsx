import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useDistricts, useLabel, useName, useTaxonomy } from "#api/reference.ts";
import { readsReferrals } from "#api/session.ts";
import type { Me } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Field, type Mistakes, TextField } from "#ui/Field.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Waiting } from "#ui/States.tsx";
import { type Family, type FamilyMember, newFamily, useRegisterFamily } from "./family.ts";
import { type Band, people, type Who } from "./registration.ts";

/** One after another on one page, sent as one; then they can be referred together. */
export default function FamilyForm({ me }: { me: Me }): ReactNode {
  const [empty] = useState(() => newFamily(me.district ?? ""));
  const draft = useDraft<Family>(me.id, "family", "family", empty);
  return draft.value
    ? <Form me={me} family={draft.value} change={draft.change} drop={draft.drop} />
    : <main id="main" className="main"><Waiting /></main>;
}

type FormProps = { me: Me; family: Family; change: (family: Family) => void; drop: () => Promise<void> };

function Form({ me, family, change, drop }: FormProps): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const sentence = useProblemText();
  const name = useName();
  const { data: districts = [] } = useDistricts();
  const [attempt, setAttempt] = useState(0);
  const register = useRegisterFamily(me);
  const { members, district } = family;
  const mistakes: Mistakes = attempt === 0 ? {} : {
    ...(members.length < 2 && { who: t("victims.lacks_family") }),
    ...(!district && { district: t("victims.lacks_district") }),
  };
  return (
    <QuestionPage
      question={t("victims.family")} tabTitle={t("victims.register")} mistakes={mistakes} attempt={attempt} busy={register.isPending}
      hint={<>{t("victims.family_hint")} <ButtonLink kind="plain" href="/find">{t("victims.family_find")}</ButtonLink></>}
      back={() => go("/register")} continueLabel={t("victims.register_family", { count: members.length })}
      onContinue={() => {
        setAttempt(attempt + 1);
        if (members.length > 1 && district) {
          register.mutate(family, { onSuccess: (intake) => void drop().finally(() => go(!intake ? "/waiting" : readsReferrals(me.areas) ? `/households/${intake.householdId ?? ""}/refer` : "/cases")) });
        }
      }}
    >
      {register.error && (
        <Banner kind="warning" live>
          {register.error.fields.length === 0
            ? <p>{sentence(register.error)}</p>
            : <ul>{register.error.fields.map(({ pointer, code, detail }) => <li key={pointer}>{whose(pointer)}{detail ?? code.replaceAll("_", " ")}</li>)}</ul>}
        </Banner>
      )}
      <Members members={members} onRemove={(id) => change({ ...family, members: members.filter((one) => one.id !== id) })} />
      <NextMember mistake={mistakes["who"]} onAdd={(member) => change({ ...family, members: [...members, member] })} />
      <Field name="district" label={t("parts.district")} mistake={mistakes["district"]}>
        {(control) => (
          <select {...control} value={district} onChange={(event) => change({ ...family, district: event.target.value })}>
            <option value="">{t("victims.choose")}</option>
            {districts.filter(({ status }) => status === "active").map((one) => <option key={one.code} value={one.code}>{name(one)}</option>)}
          </select>
        )}
      </Field>
    </QuestionPage>
  );
}

/** The number of the one whom it is about. */
function whose(pointer: string): string {
  const index = Number(pointer.split("/")[2]);
  return Number.isInteger(index) ? `${index + 1}. ` : "";
}

function Members({ members, onRemove }: { members: readonly FamilyMember[]; onRemove: (id: string) => void }): ReactNode {
  const t = useText();
  const band = useLabel("age_band");
  return members.length > 0 && (
    <ol className="card facts">
      {members.map(({ id, who, band: age, latin, ur }, index) => (
        <li key={id} className="spread">
          <span><strong>{index + 1}. {t(`victims.who_${who}`)}{t("parts.comma")}{band(age)}</strong> <bdi>{ur || latin}</bdi></span>
          <Button kind="plain" onClick={() => onRemove(id)}>{t("victims.family_remove")}<span className="visually-hidden"> {index + 1}</span></Button>
        </li>
      ))}
    </ol>
  );
}

function NextMember({ mistake, onAdd }: { mistake: string | undefined; onAdd: (member: FamilyMember) => void }): ReactNode {
  const t = useText();
  const label = useLabel("age_band");
  const { data: bands = [] } = useTaxonomy("age_band");
  const [who, setWho] = useState<Who | "">("");
  const [band, setBand] = useState<Band>("not_known");
  const [ur, setUr] = useState("");
  const [latin, setLatin] = useState("");
  const add = (): void => {
    if (who) {
      onAdd({ id: crypto.randomUUID(), who, band: who === "woman" || who === "man" ? "age_18_plus" : band, ur, latin });
      setWho("");
      setBand("not_known");
      setUr("");
      setLatin("");
    }
  };
  return (
    <div className="card stack">
      <Field name="who" label={t("victims.ask_who")} mistake={mistake}>
        {(control) => (
          <select {...control} value={who} onChange={(event) => setWho(event.target.value as typeof who)}>
            <option value="">{t("victims.choose")}</option>
            {people.map((one) => <option key={one} value={one}>{t(`victims.who_${one}`)}</option>)}
          </select>
        )}
      </Field>
      {who !== "woman" && who !== "man" && (
        <Field name="band" label={t("victims.ask_age")}>
          {(control) => (
            <select {...control} value={band} onChange={(event) => setBand(event.target.value as Band)}>
              {bands.filter(({ code }) => code !== "age_18_plus" || (who !== "girl" && who !== "boy")).map(({ code }) => <option key={code} value={code}>{label(code)}</option>)}
            </select>
          )}
        </Field>
      )}
      <TextField name="member-ur" kind="name" lang="ur" label={t("victims.name_ur")} value={ur} onChange={setUr} />
      <TextField name="member-latin" kind="name" lang="en" label={t("victims.name_latin")} value={latin} onChange={setLatin} />
      <Button onClick={add}>{t("victims.family_add")}</Button>
    </div>
  );
}
