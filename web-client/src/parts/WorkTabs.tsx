import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { readsReferrals, useMe } from "#api/session.ts";
import { useText } from "#i18n/i18n.tsx";

const tabs = [
  { href: "/referrals/received", label: "parts.tab_received", isFor: readsReferrals },
  { href: "/referrals/sent", label: "parts.tab_sent", isFor: readsReferrals },
  { href: "/cases", label: "parts.tab_cases", isFor: (areas: readonly string[]) => areas.includes("register") },
] as const;

/** Who registers has cases, who refers or answers has referrals; the others would only be refused. */
export function WorkTabs(): ReactNode {
  const t = useText();
  const [path] = useLocation();
  const areas = useMe().data?.areas ?? [];
  const own = tabs.filter(({ isFor }) => isFor(areas));
  return own.length > 1 && (
    <nav className="tabs" aria-label={t("parts.tabs")}>
      {own.map(({ href, label }) => <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>{t(label)}</Link>)}
    </nav>
  );
}
