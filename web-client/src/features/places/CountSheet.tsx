import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Places, useCount } from "./places.ts";

const asked = ["licensed", "occupied", "waiting"] as const;

/** How many there are, how many are taken. What referrals hold is theirs and is not asked. */
export function CountSheet({ serviceId, places, onClose }: { serviceId: string; places: Places; onClose: () => void }): ReactNode {
  const t = useText();
  const label = useLabel("population");
  const sentence = useProblemText();
  const count = useCount();
  const [typed, setTyped] = useState(() => ({ licensed: String(places.licensed), occupied: String(places.occupied), waiting: String(places.waiting) }));
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const save = (): void => {
    const wrong = Object.fromEntries(asked.filter((name) => !/^\d{1,5}$/.test(typed[name].trim())).map((name) => [name, t("places.a_number")]));
    setMistakes(wrong);
    if (Object.keys(wrong).length === 0) {
      const body = { licensed: Number(typed.licensed), occupied: Number(typed.occupied), waiting: Number(typed.waiting) };
      count.mutate({ serviceId, population: places.population, tag: places.tag, body }, { onSuccess: onClose });
    }
  };
  return (
    <Sheet title={label(places.population)} verb={t("places.save")} busy={count.isPending} onClose={onClose} onConfirm={save}>
      {count.error && (
        <Banner kind="warning" live>
          <p>{sentence(count.error)}</p>
          {count.error.code === "stale" && <p>{t("places.now", { licensed: places.licensed, taken: places.occupied, waiting: places.waiting })}</p>}
        </Banner>
      )}
      <p className="quiet">{t("places.held_hint", { count: places.reserved })}</p>
      {asked.map((name) => (
        <TextField
          key={name} name={name} label={t(`places.${name}`)} kind="digits" short mistake={mistakes[name]}
          value={typed[name]} onChange={(value) => setTyped({ ...typed, [name]: value })}
        />
      ))}
    </Sheet>
  );
}
