import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useMe } from "#api/session.ts";
import { useText } from "#i18n/i18n.tsx";

const tabs = [
  { href: "/referrals/received", label: "parts.tab_received" },
  { href: "/referrals/sent", label: "parts.tab_sent" },
  { href: "/cases", label: "parts.tab_cases", area: "register" },
] as const;

/** Who registers has cases; the others would only be refused. */
export function WorkTabs(): ReactNode {
  const t = useText();
  const [path] = useLocation();
  const areas = useMe().data?.areas ?? [];
  return (
    <nav className="tabs" aria-label={t("parts.tabs")}>
      {tabs.filter((tab) => !("area" in tab) || areas.includes(tab.area)).map(({ href, label }) => <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>{t(label)}</Link>)}
    </nav>
  );
}
