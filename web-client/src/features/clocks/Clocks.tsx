import type { ReactNode } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useText } from "#i18n/i18n.tsx";
import { Deadlines, useClocks } from "#parts/Deadline.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";

/** Every deadline of the own agency, the next one first. */
export default function Clocks(): ReactNode {
  const t = useText();
  const clocks = useClocks();
  return (
    <Page title={t("clocks.title")}>
      <Loaded query={clocks}>{(all) => all.length === 0 ? <Empty>{t("clocks.empty")}</Empty> : <Deadlines clocks={all} />}</Loaded>
    </Page>
  );
}
