import { useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import type { ItemRow } from "./reads.ts";

/** An item as it is known without opening it: what it is, and when it was. */
export function useItemLabel(): (item: Pick<ItemRow, "kind" | "at">) => string {
  const t = useText();
  const kindLabel = useLabel("record_kind");
  const language = useLanguage();
  return ({ kind, at }) => `${kindLabel(kind)}${t("parts.comma")}${formatMoment(at, language)}`;
}
