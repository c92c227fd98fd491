import { type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { BlockFacts } from "#parts/BlockFacts.tsx";
import { WordsSheet } from "#parts/WordsSheet.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { type Block, useAskLift, useBlocks } from "./blocks.ts";
import { KeepAway } from "./KeepAway.tsx";

/** Who must never learn of her; for those who may keep somebody away. That it was looked at is recorded. */
export default function Blocks({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const blocks = useBlocks(id);
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<Block>();
  return (
    <Page title={t("victims.blocks")} back={() => go(`/cases/${id}`)} actionBar>
      <p className="quiet">{t("victims.blocks_about")}</p>
      <Loaded query={blocks}>
        {(all) => {
          const live = all.filter(({ liftedAt }) => !liftedAt);
          const lifted = all.filter(({ liftedAt }) => liftedAt);
          return (
            <>
              {live.length === 0 && <Empty>{t("victims.no_blocks")}</Empty>}
              <ul className="cards">{live.map((block) => <li key={block.id} className="card stack-tight"><Live block={block} onLift={() => setLifting(block)} /></li>)}</ul>
              {lifted.length > 0 && (
                <details>
                  <summary>{t("victims.lifted_blocks", { count: lifted.length })}</summary>
                  <ul className="cards">{lifted.map((block) => <li key={block.id} className="card"><BlockFacts block={block} /></li>)}</ul>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
      <ActionBar acts={[{ key: "keep", label: t("victims.keep_away"), kind: "primary", onPress: () => setAdding(true) }]} />
      {adding && <KeepAway id={id} onClose={() => setAdding(false)} />}
      {lifting && <Lift id={id} block={lifting} onClose={() => setLifting(undefined)} />}
    </Page>
  );
}

function Live({ block, onLift }: { block: Block; onLift: () => void }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { lift } = block;
  return (
    <>
      <BlockFacts block={block} />
      {lift
        ? <Banner kind="info">{t("victims.lift_waits", { time: formatMoment(lift.dueAt, language) })} <Link href={`/desk/${lift.id}`}>{t("victims.close_look")}</Link></Banner>
        : <div><Button onClick={onLift}>{t("victims.lift")}</Button></div>}
    </>
  );
}

function Lift({ id, block, onClose }: { id: string; block: Block; onClose: () => void }): ReactNode {
  const t = useText();
  const ask = useAskLift(id, block.id);
  return (
    <WordsSheet
      verb={t("victims.lift")} about={t("victims.lift_about")} sending={ask} onClose={onClose}
      asks={{ label: t("victims.lift_why"), lines: 3 }} onSend={(why) => ask.mutate(why, { onSuccess: onClose })}
    />
  );
}
