import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useName } from "#api/reference.ts";
import { actIn, readMemberships } from "#api/session.ts";
import { useText } from "#i18n/i18n.tsx";
import { Choices } from "#ui/Choices.tsx";
import { Page } from "#ui/Page.tsx";

/** One agency at a time: what is seen and done is seen and done for it. */
export function ChooseAgency(): ReactNode {
  const t = useText();
  const name = useName();
  const cache = useQueryClient();
  const { data = [] } = useQuery({ queryKey: ["memberships"], queryFn: readMemberships });
  const choose = async (agencyId: string): Promise<void> => {
    await actIn(agencyId);
    await cache.invalidateQueries({ queryKey: ["me"] });
  };
  return (
    <Page title={t("session.choose_agency")}>
      <Choices options={data.map((one) => ({ value: one.agencyId, label: name(one) }))} onChoose={(agencyId) => void choose(agencyId)} />
    </Page>
  );
}
