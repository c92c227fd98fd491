import { type ReactNode, useDeferredValue, useEffect, useId, useState } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "./Button.tsx";
import { Choices, type Option } from "./Choices.tsx";

type Searchable<Value extends string> = Option<Value> & { words: string };

type Props<Value extends string> = {
  label: string;
  options: readonly Searchable<Value>[];
  chosen?: Value | undefined;
  onChoose: (value: Value) => void;
};

/** The likeliest come first; the rest waits for a letter or a tap. */
const atFirst = 6;

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** A long list that shrinks as one types. How many are left is said politely, after the typing stops. */
export function FilterList<Value extends string>({ label, options, chosen, onChoose }: Props<Value>): ReactNode {
  const t = useText();
  const id = useId();
  const [wanted, setWanted] = useState("");
  const term = folded(useDeferredValue(wanted).trim());
  const left = term === "" ? options : options.filter(({ words }) => folded(words).includes(term));
  const [all, setAll] = useState(false);
  const short = term === "" && !all;
  const count = left.length;
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(term === "" ? "" : t("ui.results", { count })), 500);
    return () => clearTimeout(timer);
  }, [term, count, t]);
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input id={id} type="search" autoComplete="off" dir="auto" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      </div>
      <p className="visually-hidden" role="status">{said}</p>
      {count === 0 ? <p className="quiet">{t("ui.none_match")}</p> : <Choices options={short ? left.slice(0, atFirst) : left} chosen={chosen} onChoose={onChoose} />}
      {short && count > atFirst && <Button onClick={() => setAll(true)}>{t("ui.show_all", { count })}</Button>}
    </div>
  );
}
