import type { ReactNode } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Page } from "#ui/Page.tsx";

/** The end of a tab in which somebody only signed in again; the work waits in the one before. */
export default function SignedIn(): ReactNode {
  const t = useText();
  return <Page title={t("session.signed_in")}><Banner kind="good">{t("session.go_back")}</Banner></Page>;
}
