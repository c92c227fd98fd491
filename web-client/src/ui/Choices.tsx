import { type ReactNode, useId } from "react";
import { Icon } from "./Icon.tsx";
import { controlId } from "./Field.tsx";

export type Option<Value extends string> = { value: Value; label: ReactNode; hint?: ReactNode };

type ChoicesProps<Value extends string> = {
  options: readonly Option<Value>[];
  chosen?: Value | undefined;
  pairs?: boolean;
  onChoose: (value: Value) => void;
};

/** Each choice is a button: one tap answers and goes on. */
export function Choices<Value extends string>({ options, chosen, pairs = false, onChoose }: ChoicesProps<Value>): ReactNode {
  return (
    <div className={`choices${pairs ? " pairs" : ""}`}>
      {options.map(({ value, label, hint }) => (
        <button
          key={value} type="submit" className="choice" data-chosen={value === chosen}
          onClick={(event) => {
            event.preventDefault();
            onChoose(value);
          }}
        >
          <span>{label}{hint && <small>{hint}</small>}</span>
          <Icon name={value === chosen ? "tick" : "go"} size={20} turns={value !== chosen} />
        </button>
      ))}
    </div>
  );
}

type TicksProps<Value extends string> = {
  name: string;
  legend: ReactNode;
  legendHidden?: boolean;
  hint?: ReactNode;
  mistake?: string | undefined;
  kind?: "checkbox" | "radio";
  options: readonly Option<Value>[];
  ticked: readonly Value[];
  onChange: (ticked: Value[]) => void;
};

/** Several answers (or one, as radios) in one group, each as large as a thumb. */
export function Ticks<Value extends string>({ name, legend, legendHidden = false, hint, mistake, kind = "checkbox", options, ticked, onChange }: TicksProps<Value>): ReactNode {
  const about = useId();
  return (
    <fieldset className={`field${mistake ? " wrong" : ""}`} aria-describedby={`${about}-hint ${about}-wrong`} aria-invalid={mistake ? true : undefined}>
      <legend className={legendHidden ? "visually-hidden" : "label"}>{legend}</legend>
      {hint && <p className="hint" id={`${about}-hint`}>{hint}</p>}
      {mistake && <p className="wrong-text" id={`${about}-wrong`}>{mistake}</p>}
      <div className="choices">
        {options.map(({ value, label, hint: more }, index) => (
          <label key={value} className="tick">
            <input
              type={kind} name={name} value={value} id={index === 0 ? controlId(name) : undefined} checked={ticked.includes(value)}
              onChange={(event) => onChange(
                kind === "radio" ? [value] : event.target.checked ? [...ticked, value] : ticked.filter((one) => one !== value),
              )}
            />
            <span>{label}{more && <small>{more}</small>}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
