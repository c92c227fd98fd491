import type { ReactNode } from "react";
import { useProblemText } from "#api/problems.ts";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Group, useSubmit } from "./groups.ts";

type Props = { read: Tagged<Group>; verb: string; onClose: () => void };

/** All of them or none. Who has not allowed it yet is named, with the way to ask. */
export function SendSheet({ read, verb, onClose }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const glimpse = useGlimpse();
  const { id, members } = read.value;
  const send = useSubmit(id);
  const lacking = members.filter(({ referral }) => send.error?.code === "no_basis" && send.error.fields.some(({ pointer }) => pointer.startsWith(`/members/${referral.id}/`)));
  return (
    <Sheet title={verb} verb={verb} busy={send.isPending} onClose={onClose} onConfirm={() => send.mutate(read.etag, { onSuccess: onClose })}>
      {send.error && lacking.length === 0 && <Banner kind="warning" live>{sentence(send.error)}</Banner>}
      {lacking.length > 0 && (
        <Banner kind="warning" live>
          <p>{t("groups.lacks_permission")}</p>
          <ul>
            {lacking.map(({ referral }) => (
              <li key={referral.id}><ButtonLink kind="plain" href={`/cases/${referral.victimId ?? ""}/refer/permission?group=${id}`}>{t("groups.ask_permission", { who: glimpse(referral) })}</ButtonLink></li>
            ))}
          </ul>
        </Banner>
      )}
      <p className="quiet">{t("groups.about_send")}</p>
    </Sheet>
  );
}
