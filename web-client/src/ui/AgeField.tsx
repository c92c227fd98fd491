import type { ReactNode } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Ticks } from "./Choices.tsx";
import { TextField } from "./Field.tsx";

export type AgeAnswer =
  | { kind: "document"; day: string; month: string; year: string }
  | { kind: "years"; years: string }
  | { kind: "not_known" };

type Props = { value: AgeAnswer; mistakes: Readonly<Record<string, string>>; onChange: (value: AgeAnswer) => void };

/** From a paper, a guess, or not known. A guess never becomes a birthday. */
export function AgeField({ value, mistakes, onChange }: Props): ReactNode {
  const t = useText();
  const options = [
    { value: "document", label: t("ui.age_document") },
    { value: "years", label: t("ui.age_years") },
    { value: "not_known", label: t("ui.not_known") },
  ] as const;
  const start = (kind: AgeAnswer["kind"]): AgeAnswer =>
    kind === "document" ? { kind, day: "", month: "", year: "" } : kind === "years" ? { kind, years: "" } : { kind };
  return (
    <div className="stack">
      <Ticks name="age" kind="radio" legend={t("ui.age")} options={options} ticked={[value.kind]} onChange={([kind]) => kind && onChange(start(kind))} />
      {value.kind === "years" && (
        <TextField short kind="digits" name="age.years" label={t("ui.age_about")} mistake={mistakes["age.years"]} value={value.years} onChange={(years) => onChange({ ...value, years })} />
      )}
      {value.kind === "document" && (
        <div className="row">
          {(["day", "month", "year"] as const).map((part) => (
            <TextField
              key={part} short kind="digits" name={`age.${part}`} label={t(`ui.${part}`)} mistake={mistakes[`age.${part}`]}
              value={value[part]} onChange={(text) => onChange({ ...value, [part]: text })}
            />
          ))}
        </div>
      )}
    </div>
  );
}
