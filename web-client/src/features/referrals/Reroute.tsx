import type { ReactNode } from "react";
import { useLocation } from "wouter";
import type { Tagged } from "#api/client.ts";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useName } from "#api/reference.ts";
import type { ReferralView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { MatchCard } from "#parts/MatchCard.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Empty } from "#ui/States.tsx";
import { useAct } from "./act.ts";
import { useNextMatches } from "./nextMatches.ts";

/** After a "could not help": the next one who can, one tap away when the permission covers it. */
export function Reroute({ read, victimId }: { read: Tagged<ReferralView>; victimId: string }): ReactNode {
  const t = useText();
  const name = useName();
  const sentence = useProblemText();
  const [, go] = useLocation();
  const referral = read.value;
  const matches = useNextMatches(referral);
  const send = useAct(referral.id);
  const needId = referral.needId;
  const refer = `/cases/${victimId}/refer`;
  return (
    <section className="stack" aria-labelledby="next-provider">
      <h2 id="next-provider">{t("referrals.next_provider")}</h2>
      <Loaded query={matches}>
        {([best]) => !best || !needId
          ? <Empty act={<ButtonLink href={`${refer}/needs`}>{t("referrals.look_again")}</ButtonLink>}>{t("referrals.no_match")}</Empty>
          : (
            <div className="card stack">
              <MatchCard match={best} />
              <Banner kind={best.covered ? "good" : "warning"}>{t(best.covered ? "referrals.covered" : "referrals.not_covered")}</Banner>
              {send.error && <Banner kind="warning" live>{sentence(send.error)}</Banner>}
              <div className="row">
                {best.covered
                  ? (
                    <Button
                      kind="primary" busy={send.isPending}
                      onClick={() => {
                        // Once it is sent on there is nothing more to choose here, and this part of the page is gone before it is told.
                        void send.mutateAsync({ action: "reroute", etag: read.etag, body: { serviceId: best.service.id } })
                          .then((after) => go(`/referrals/${after?.reroutedTo ?? referral.id}`), () => undefined);
                      }}
                    >
                      {t("referrals.send_next", { name: name(best.service.agency) })}
                    </Button>
                  )
                  : <ButtonLink kind="primary" href={`${refer}/permission?needs=${needId}`}>{t("referrals.ask_again")}</ButtonLink>}
                <ButtonLink href={`${refer}/matches?needs=${needId}`}>{t("referrals.other_matches")}</ButtonLink>
              </div>
            </div>
          )}
      </Loaded>
    </section>
  );
}
