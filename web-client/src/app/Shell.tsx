import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { endSession, home, homeOf, useMe } from "#api/session.ts";
import { useUnread } from "#features/notices/notices.ts";
import type { TextId } from "#i18n/ids.ts";
import { leaveLists } from "#api/seen.ts";
import { changeLanguage, useLanguage, useText } from "#i18n/i18n.tsx";
import { Icon, type IconName, Mark } from "#ui/Icon.tsx";
import { LeaveNow } from "#ui/LeaveNow.tsx";
import { Connection } from "./Connection.tsx";
import { ended } from "./ended.ts";

type Place = { area: string | undefined; href: string; under: readonly string[]; label: TextId; icon: IconName };

/** The server names the areas; a place without one is everybody's. */
const places: readonly Place[] = [
  { area: "work", href: home, under: ["/referrals", "/cases"], label: "app.work", icon: "work" },
  { area: "find", href: "/find", under: ["/find"], label: "app.find", icon: "find" },
  { area: "register", href: "/register", under: ["/register"], label: "app.register", icon: "register" },
  { area: "places", href: "/places", under: ["/places"], label: "app.free_places", icon: "places" },
  { area: "reports", href: "/reports", under: ["/reports"], label: "app.reports", icon: "phone" },
  { area: "desk", href: "/desk", under: ["/desk"], label: "app.desk", icon: "desk" },
  { area: "audit", href: "/audit", under: ["/audit"], label: "app.audit", icon: "eye" },
  { area: undefined, href: "/notices", under: ["/notices"], label: "app.notices", icon: "notices" },
  { area: undefined, href: "/more", under: ["/more"], label: "app.more", icon: "more" },
];

function lock(): void {
  leaveLists();
  ended.set(true);
  void endSession();
}

export function Shell({ children }: { children: ReactNode }): ReactNode {
  const t = useText();
  const { data: me } = useMe();
  return (
    <div className="shell">
      <a className="visually-hidden button" href="#main">{t("app.skip")}</a>
      <header className="header">
        <Link className="brand" href={me ? homeOf(me.areas) : "/"} aria-label={t("app.name")}><Mark /><span>{t("app.name")}</span></Link>
        <Connection />
        <LanguageSwitch />
        <LeaveNow lock={lock} />
      </header>
      {me ? <div className="shell-body"><Nav areas={me.areas} />{children}</div> : children}
    </div>
  );
}

function Nav({ areas }: { areas: readonly string[] }): ReactNode {
  const t = useText();
  const [path] = useLocation();
  const unread = useUnread();
  return (
    <nav className="nav" aria-label={t("app.places")}>
      {places.filter(({ area }) => area === undefined || areas.includes(area)).map(({ href, under, label, icon }) => (
        <Link key={href} href={href} aria-current={under.some((start) => path.startsWith(start)) ? "page" : undefined}>
          <Icon name={icon} /><span>{t(label)}</span>
          {icon === "notices" && unread && <span className="badge"><bdi dir="ltr">{unread}</bdi><span className="visually-hidden"> {t("app.unread")}</span></span>}
        </Link>
      ))}
    </nav>
  );
}

function LanguageSwitch(): ReactNode {
  const other = useLanguage() === "ur" ? "en" : "ur";
  return (
    <button type="button" className="switch" lang={other} onClick={() => void changeLanguage(other)}>
      {other === "ur" ? <bdi lang="ur">اردو</bdi> : "English"}
    </button>
  );
}
