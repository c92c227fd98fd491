import encodeQR from "qr";
import { type ReactNode, useMemo } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useText } from "#i18n/i18n.tsx";
import { Paper } from "#parts/Paper.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { useVictim } from "./getVictim.ts";

/** Paper for a provider without an account: a code and a number. Nothing on it says whose it is, what for, or from whom. */
export default function Slip({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const victim = useVictim(id);
  return (
    <Page title={t("victims.slip")} tabTitle={t("victims.slip_tab")} back={() => go(`/cases/${id}`)}>
      <p className="screen-only">{t("victims.slip_about")}</p>
      <Loaded query={victim}>
        {({ caseCode }) => (
          <Paper>
            <Square text={caseCode} />
            <p className="code"><bdi dir="ltr">{caseCode}</bdi></p>
          </Paper>
        )}
      </Loaded>
      <p className="screen-only"><Button kind="primary" onClick={() => print()}>{t("victims.print")}</Button></p>
    </Page>
  );
}

/** The same words for a camera. */
function Square({ text }: { text: string }): ReactNode {
  const t = useText();
  const rows = useMemo(() => encodeQR(text, "raw", { ecc: "quartile", border: 4 }), [text]);
  const dark = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={t("victims.slip_square")} shapeRendering="crispEdges">
      <path d={`M0 0h${rows.length}v${rows.length}h-${rows.length}z`} fill="#fff" />
      <path d={dark} fill="#000" />
    </svg>
  );
}
