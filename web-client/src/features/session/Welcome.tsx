import type { ReactNode } from "react";
import { Link } from "wouter";
import { endFirst, signInAddress } from "#api/session.ts";
import { useHelplines, useName } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Icon } from "#ui/Icon.tsx";
import { Page } from "#ui/Page.tsx";

/** What anyone may see: the door, and whom to ring. */
export function Welcome(): ReactNode {
  const t = useText();
  const here = location.pathname + location.search;
  return (
    <Page title={t("session.welcome")} tabTitle="NRS" lead={<p className="quiet">{t("session.welcome_lead")}</p>}>
      <p><a className="button primary" href={signInAddress(here)} onClick={endFirst}>{t("session.sign_in")}</a></p>
      <p><Link href="/follow">{t("follow.title")}</Link></p>
      <p><Link href="/open/age">{t("law.title")}</Link></p>
      <Helplines />
    </Page>
  );
}

function Helplines(): ReactNode {
  const t = useText();
  const name = useName();
  const { data = [] } = useHelplines();
  const national = data.filter(({ provinceCode }) => !provinceCode);
  if (national.length === 0) {
    return null;
  }
  return (
    <section className="stack-tight" aria-labelledby="helplines">
      <h2 id="helplines">{t("session.helplines")}</h2>
      <ul className="card facts">
        {national.map((line) => (
          <li key={`${line.number} ${line.nameEn}`} className="spread">
            <span>{name(line)}</span>
            <a href={`tel:${line.number}`} className="row"><Icon name="phone" size={18} /><bdi dir="ltr">{line.number}</bdi></a>
          </li>
        ))}
      </ul>
    </section>
  );
}
