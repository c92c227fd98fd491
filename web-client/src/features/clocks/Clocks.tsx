import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { type Clock, Deadline, useClocks, useDeadlineWords } from "#parts/Deadline.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty } from "#ui/States.tsx";
import { useDone } from "./clocks.ts";

/** Every deadline of the own agency, the next one first; those that end by its word say so here. */
export default function Clocks(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const clocks = useClocks();
  const done = useDone();
  const [ending, setEnding] = useState<Clock>();
  const verb = (clock: Clock): string => t(`clocks.done_${clock.kind}` as TextId);
  return (
    <Page title={t("clocks.title")}>
      <Loaded query={clocks}>
        {(all) => all.length === 0
          ? <Empty>{t("clocks.empty")}</Empty>
          : <ul className="cards">{all.map((clock) => <Row key={clock.id} clock={clock} verb={verb(clock)} end={() => setEnding(clock)} />)}</ul>}
      </Loaded>
      {ending && (
        <Sheet
          title={verb(ending)} verb={verb(ending)} busy={done.isPending} danger={false} onClose={() => setEnding(undefined)}
          onConfirm={() => done.mutate(ending.id, { onSuccess: () => setEnding(undefined) })}
        >
          {done.error && <Banner kind="warning" live>{sentence(done.error)}</Banner>}
          <p className="quiet">{t(`clocks.about_${ending.kind}` as TextId)}</p>
        </Sheet>
      )}
    </Page>
  );
}

function Row({ clock, verb, end }: { clock: Clock; verb: string; end: () => void }): ReactNode {
  const words = useDeadlineWords()(clock);
  return <Deadline clock={clock} act={clock.canBeDone && <Button onClick={end}>{verb}<span className="visually-hidden">: {words}</span></Button>} />;
}
