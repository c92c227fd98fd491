import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { Correction } from "#drafts/correction.ts";
import { useCorrection } from "#drafts/useCorrection.ts";
import { useText } from "#i18n/i18n.tsx";
import { Differences, useChoosing } from "#parts/Conflict.tsx";
import { Banner } from "#ui/Banner.tsx";
import { type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Places, useCount } from "./places.ts";

const asked = ["licensed", "occupied", "waiting"] as const;

type Counted = Record<(typeof asked)[number], string>;

/** How many there are, how many are taken. What referrals hold is theirs and is not asked. */
export function CountSheet({ serviceId, places, onClose }: { serviceId: string; places: Places; onClose: () => void }): ReactNode {
  const t = useText();
  const label = useLabel("population");
  const sentence = useProblemText();
  const count = useCount();
  const { licensed, occupied, waiting } = places;
  const [correction, change] = useCorrection<Counted>({ etag: places.tag, value: { licensed: String(licensed), occupied: String(occupied), waiting: String(waiting) } });
  const choosing = useChoosing(correction);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const send = (settled: Correction<Counted>): void => {
    const typed = settled.mine;
    const wrong = Object.fromEntries(asked.filter((name) => !/^\d{1,5}$/.test(typed[name].trim())).map((name) => [name, t("places.a_number")]));
    setMistakes(wrong);
    change(settled);
    if (Object.keys(wrong).length === 0) {
      const body = { licensed: Number(typed.licensed), occupied: Number(typed.occupied), waiting: Number(typed.waiting) };
      count.mutate({ serviceId, population: places.population, tag: settled.etag, body }, { onSuccess: onClose });
    }
  };
  return (
    <Sheet title={label(places.population)} verb={t("places.save")} busy={count.isPending} onClose={onClose} onConfirm={() => choosing.decide(send)}>
      {count.error && !correction.isOpen && <Banner kind="warning" live>{sentence(count.error)}</Banner>}
      <p className="quiet">{t("places.held_hint", { count: places.reserved })}</p>
      {correction.isOpen && (
        <Differences correction={correction} mistakes={choosing.mistakes} onChange={change} words={(value) => asked.map((member) => ({ member, label: t(`places.${member}`), value: value[member] }))} />
      )}
      {!correction.isOpen && asked.map((name) => (
        <TextField
          key={name} name={name} label={t(`places.${name}`)} kind="digits" short mistake={mistakes[name]}
          value={correction.mine[name]} onChange={(value) => change({ ...correction, mine: { ...correction.mine, [name]: value } })}
        />
      ))}
    </Sheet>
  );
}
