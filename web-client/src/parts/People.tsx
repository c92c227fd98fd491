import type { ReactNode } from "react";
import { useDistrictName, useLabel } from "#api/reference.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";

type Glimpse = { sex: string; ageBand: string };

const words: Record<string, { child: TextId; adult: TextId }> = {
  female: { child: "parts.girl", adult: "parts.woman" },
  male: { child: "parts.boy", adult: "parts.man" },
  transgender: { child: "parts.transgender", adult: "parts.transgender" },
};

/** "Girl, 12-13": all that a list may say of a person. Unsure of age is a child. */
export function useGlimpse(): (person: Glimpse) => string {
  const t = useText();
  const band = useLabel("age_band");
  return ({ sex, ageBand }) => {
    const word = words[sex];
    const who = word ? t(ageBand === "age_18_plus" ? word.adult : word.child) : t("parts.person");
    return `${who}${t("parts.comma")}${ageBand === "not_known" ? t("parts.age_not_known") : band(ageBand)}`;
  };
}

export function DistrictName({ code }: { code: string | null | undefined }): ReactNode {
  return useDistrictName()(code);
}

export function CaseCode({ code }: { code: string }): ReactNode {
  return <bdi dir="ltr">{code}</bdi>;
}
