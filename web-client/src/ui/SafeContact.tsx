import type { ReactNode } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "./Banner.tsx";
import { Icon } from "./Icon.tsx";

type Phone = {
  number: string;
  mayRing: boolean;
  whose?: ReactNode;
  when?: string | null | undefined;
  askFor?: string | null | undefined;
  neverSay?: string | null | undefined;
};

/** Stands above each phone: ring or not, when, whom to ask for, what never to say. No link while ringing is unsafe. */
export function SafeContact({ number, mayRing, whose, when, askFor, neverSay }: Phone): ReactNode {
  const t = useText();
  const shown = <bdi dir="ltr">{number}</bdi>;
  return (
    <Banner kind={mayRing ? "info" : "danger"}>
      <p><strong>{mayRing ? t("ui.may_ring") : t("ui.do_not_ring")}</strong></p>
      {when && <p>{t("ui.ring_when", { when })}</p>}
      {askFor && <p>{t("ui.ask_for", { who: askFor })}</p>}
      {neverSay && <p>{t("ui.never_say", { what: neverSay })}</p>}
      <p className="row">
        {mayRing ? <a href={`tel:${number}`}><Icon name="phone" size={18} /> {shown}</a> : shown}
        {whose && <span>({whose})</span>}
      </p>
    </Banner>
  );
}
