import type { ReactNode } from "react";
import { useText } from "#i18n/i18n.tsx";

export type Share = { key: string; group: ReactNode; shown: "before" | "after" | "never"; basis?: ReactNode };

/** What they see before they accept, what after, and what not at all: in words. */
export function DisclosurePreview({ caption, shares }: { caption: string; shares: readonly Share[] }): ReactNode {
  const t = useText();
  const words = { before: t("ui.share_before"), after: t("ui.share_after"), never: t("ui.share_never") };
  return (
    <table className="shares">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr><th scope="col">{t("ui.share_what")}</th><th scope="col">{t("ui.share_when")}</th></tr>
      </thead>
      <tbody>
        {shares.map(({ key, group, shown, basis }) => (
          <tr key={key}>
            <th scope="row">{group}</th>
            <td>{words[shown]}{basis && <div className="quiet small">{basis}</div>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
