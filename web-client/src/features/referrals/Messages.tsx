import { type FormEvent, type ReactNode, useState } from "react";
import { Link } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import { useMe } from "#api/session.ts";
import type { EntryView, Me } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";
import { useUnsentAt } from "#drafts/useUnsentAt.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";
import { StatusChip } from "#ui/Chips.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { TextField } from "#ui/Field.tsx";
import { draftKind, draftOf, type Kind, newEntry, useEntries, useWriteEntry, type Written } from "./entries.ts";

/** What both sides wrote in this referral: messages, services given, the outcome. */
export function Messages({ id, kinds }: { id: string; kinds: readonly Kind[] }): ReactNode {
  const t = useText();
  const entries = useEntries(id);
  const name = useName();
  const language = useLanguage();
  const outcome = useLabel("outcome");
  const { data: me } = useMe();
  const unsent = useUnsentAt(me?.id ?? "", `/referrals/${id}`);
  return (
    <section className="stack" aria-labelledby="messages">
      <h2 id="messages">{t("referrals.messages")}</h2>
      <Loaded query={entries}>
        {(written) => written.length + unsent.length === 0
          ? <p className="quiet">{t("referrals.no_messages")}</p>
          : (
            <ol className="messages">
              {written.map((entry) => (
                <li key={entry.id} className={entry.mine ? "mine" : undefined}>
                  <div className="small">{name(entry.agency)} · {t(`referrals.entry_${entry.kind}` as TextId)} · <time dateTime={entry.at}>{formatMoment(entry.at, language)}</time>{isLate(entry) && ` · ${t("referrals.written_at", { time: formatMoment(entry.occurredAt ?? entry.at, language) })}`}</div>
                  {entry.codes.length > 0 && <div>{entry.codes.map(outcome).join(t("parts.comma"))}</div>}
                  {entry.text && <bdi>{entry.text}</bdi>}
                </li>
              ))}
              {unsent.map(({ id: own, draft, refusal }) => <Unsent key={own} written={draft.value as Written} isRefused={refusal !== undefined} />)}
            </ol>
          )}
      </Loaded>
      {me && kinds.length > 0 && <Write me={me} id={id} kinds={kinds} />}
    </section>
  );
}

const late = 15 * 60_000;

/** Written without a connection, and sent when there was one. */
const isLate = ({ at, occurredAt }: EntryView): boolean => occurredAt !== null && occurredAt !== undefined && Date.parse(at) - Date.parse(occurredAt) > late;

/** It lies on this phone: the other side has not read it. */
function Unsent({ written, isRefused }: { written: Written; isRefused: boolean }): ReactNode {
  const t = useText();
  const language = useLanguage();
  return (
    <li className="mine unsent">
      <div className="small">{t(`referrals.entry_${written.kind}` as TextId)} · <time dateTime={written.begunAt}>{formatMoment(written.begunAt, language)}</time></div>
      <bdi>{written.text}</bdi>
      <div className="row"><Link href="/waiting"><StatusChip family={isRefused ? "not" : "waiting"}>{t(isRefused ? "unsent.refused" : "unsent.title")}</StatusChip></Link></div>
    </li>
  );
}

/** What is typed is kept on this phone until it is sent. */
function Write({ me, id, kinds }: { me: Me; id: string; kinds: readonly Kind[] }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [begun] = useState(() => newEntry(kinds[0] ?? "message"));
  const draft = useDraft<Written>(me.id, draftOf(id), draftKind, begun);
  const { value: written = begun } = draft;
  const [empty, setEmpty] = useState(false);
  const send = useWriteEntry(me, id);
  // It was begun with its first letter, however long the page has been open.
  const change = (next: Partial<Written>): void => draft.change({ ...(written.text ? written : { ...written, begunAt: new Date().toISOString() }), ...next });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setEmpty(!written.text.trim());
    if (written.text.trim() && !send.isPending) {
      send.mutate(written, { onSuccess: () => void draft.renew(newEntry(written.kind)) });
    }
  };
  return (
    <details open={written.text !== "" || undefined}>
      <summary>{t("referrals.write")}</summary>
      <form className="stack" noValidate onSubmit={submit}>
        {kinds.length > 1 && (
          <Ticks
            name="kind" kind="radio" legend={t("referrals.what_kind")} mistake={undefined} ticked={[written.kind]} onChange={([chosen]) => chosen && change({ kind: chosen as Kind })}
            options={kinds.map((one) => ({ value: one, label: t(`referrals.entry_${one}` as TextId) }))}
          />
        )}
        <TextField
          name="message" label={t("referrals.message")} hint={t("referrals.message_hint")} lines={3} value={written.text} onChange={(text) => change({ text })}
          mistake={empty ? t("referrals.lacks_message") : send.error ? sentence(send.error) : undefined}
        />
        <Button type="submit" busy={send.isPending}>{t("referrals.send_message")}</Button>
      </form>
    </details>
  );
}
