import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { Tagged } from "#api/client.ts";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, Field, fieldMistakes, type Mistakes, TextField } from "#ui/Field.tsx";
import { Page } from "#ui/Page.tsx";
import { type Contact, useContact, useSaveContact } from "./reached.ts";

/** How a worker hears outside the product that something waits, and when not. */
export default function Reached(): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const contact = useContact();
  return (
    <Page title={t("session.reached")} back={() => go("/more")}>
      <p className="quiet">{t("session.reached_about")}</p>
      <Loaded query={contact}>
        {(read) => read.value.channels.length === 0
          ? <Banner kind="info">{t("session.reached_none")}</Banner>
          : <Form key={read.etag} read={read} />}
      </Loaded>
    </Page>
  );
}

function Form({ read }: { read: Tagged<Contact> }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const save = useSaveContact();
  const [mine, setMine] = useState<Contact>(read.value);
  const [attempt, setAttempt] = useState(0);
  const { channels } = mine;
  const ways = [...(mine.byEmail ? ["email" as const] : []), ...(mine.bySms ? ["sms" as const] : [])];
  const lacks: Mistakes = {
    ...(mine.byEmail && !mine.email?.trim() && { email: t("session.lacks_email") }),
    ...(mine.bySms && !mine.phone?.trim() && { phone: t("session.lacks_phone") }),
    ...(Boolean(mine.quietFrom) !== Boolean(mine.quietTo) && { [mine.quietFrom ? "quietTo" : "quietFrom"]: t("session.lacks_quiet") }),
  };
  const named = fieldMistakes(save.error);
  const mistakes: Mistakes = attempt > 0 ? { ...named, ...lacks } : {};
  const text = (value: string): string | null => value.trim() || null;
  return (
    <form
      noValidate className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (Object.keys(lacks).length === 0 && !save.isPending) {
          const { channels: _, ...change } = mine;
          save.mutate({ etag: read.etag, change });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {save.error && save.error.fields.length === 0 && <Banner kind="warning" live>{sentence(save.error)}</Banner>}
      {save.isSuccess && <Banner kind="info" live>{t("session.reached_saved")}</Banner>}
      <Ticks
        name="ways" legend={t("session.reached_ways")} ticked={ways}
        options={channels.map((way) => ({ value: way, label: t(way === "email" ? "session.by_email" : "session.by_sms") }))}
        onChange={(ticked) => setMine({ ...mine, byEmail: ticked.includes("email"), bySms: ticked.includes("sms") })}
      />
      {channels.includes("email") && (
        <TextField name="email" label={t("session.email")} type="email" mistake={mistakes["email"]} value={mine.email ?? ""} onChange={(email) => setMine({ ...mine, email: text(email) })} />
      )}
      {channels.includes("sms") && (
        <TextField name="phone" kind="digits" label={t("session.phone")} hint={t("session.phone_hint")} mistake={mistakes["phone"]} value={mine.phone ?? ""} onChange={(phone) => setMine({ ...mine, phone: text(phone) })} />
      )}
      <Ticks
        name="language" kind="radio" legend={t("session.reached_language")} ticked={[mine.language]} onChange={([language]) => language && setMine({ ...mine, language })}
        options={[{ value: "urd", label: <bdi lang="ur">اردو</bdi> }, { value: "eng", label: <bdi lang="en">English</bdi> }]}
      />
      {(["quietFrom", "quietTo"] as const).map((end) => (
        <Field key={end} name={end} label={t(`session.${end}`)} hint={end === "quietFrom" ? t("session.quiet_hint") : undefined} mistake={mistakes[end]}>
          {(control) => <input {...control} type="time" dir="ltr" value={mine[end] ?? ""} onChange={(event) => setMine({ ...mine, [end]: event.target.value || null })} />}
        </Field>
      ))}
      <Button type="submit" kind="primary" busy={save.isPending}>{t("session.save")}</Button>
    </form>
  );
}
