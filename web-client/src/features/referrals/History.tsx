import type { ReactNode } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { Timeline } from "#ui/Lists.tsx";
import { useReferralHistory } from "./getReferral.ts";

export function History({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const name = useName();
  const language = useLanguage();
  const history = useReferralHistory(id);
  return (
    <section className="stack" aria-labelledby="history">
      <h2 id="history">{t("referrals.history")}</h2>
      <Loaded query={history}>
        {(moments) => (
          <Timeline
            moments={[...moments].sort((a, b) => b.at.localeCompare(a.at)).map(({ at, action, agency, reportedBy }, index) => ({
              key: `${at} ${action} ${index}`, at, when: formatMoment(at, language),
              what: say(`referrals.did_${action.replace(/^referral\./, "").replaceAll(".", "_")}`) ?? action.replaceAll("_", " "),
              who: agency && (reportedBy === "sender" ? t("parts.told_by_sender", { name: name(agency) }) : name(agency)),
            }))}
          />
        )}
      </Loaded>
    </section>
  );
}
