import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "#i18n/i18n.tsx";
import { westernDigits } from "#i18n/format.ts";

/** What to do, by control name: `needs.0.urgency` for the pointer `/needs/0/urgency`. */
export type Mistakes = Readonly<Record<string, string>>;

export const controlName = (pointer: string): string =>
  pointer.replace(/^\//, "").split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");

type Said = { readonly fields: readonly { pointer: string; code: string; detail?: string | undefined }[] };

/** What the server said of single fields, by the name of their controls. */
export const fieldMistakes = (said: Said | null): Mistakes =>
  Object.fromEntries((said?.fields ?? []).map(({ pointer, code, detail }) => [controlName(pointer), detail ?? code.replaceAll("_", " ")]));

export const controlId = (name: string): string => `control-${name}`;

type FieldProps = {
  name: string;
  label: string;
  hint?: string;
  mistake?: string | undefined;
  short?: boolean;
  children: (control: { id: string; name: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined }) => ReactNode;
};

export function Field({ name, label, hint, mistake, short = false, children }: FieldProps): ReactNode {
  const about = useId();
  const id = controlId(name);
  const described = [hint && `${about}-hint`, mistake && `${about}-wrong`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={`field${short ? " short" : ""}${mistake ? " wrong" : ""}`}>
      <label htmlFor={id}>{label}</label>
      {hint && <p className="hint" id={`${about}-hint`}>{hint}</p>}
      {mistake && <p className="wrong-text" id={`${about}-wrong`}>{mistake}</p>}
      {children({ id, name, "aria-describedby": described, "aria-invalid": mistake ? true : undefined })}
    </div>
  );
}

type TextProps = Omit<FieldProps, "children"> & {
  value: string;
  onChange: (value: string) => void;
  lines?: number;
  /** `digits` takes Urdu and Arabic digits too. */
  kind?: "text" | "digits" | "name";
  lang?: string;
  type?: InputHTMLAttributes<HTMLInputElement>["type"];
};

/** Names are not completed, corrected or remembered by the browser. */
export function TextField({ value, onChange, lines, kind = "text", lang, type = "text", ...field }: TextProps): ReactNode {
  const habits = kind === "digits"
    ? { inputMode: "numeric" as const, dir: "ltr", autoComplete: "off" }
    : { dir: "auto", autoComplete: "off", spellCheck: kind !== "name", autoCapitalize: kind === "name" ? "words" : "sentences" };
  return (
    <Field {...field}>
      {(control) => lines
        ? <textarea {...control} {...habits} lang={lang} rows={lines} value={value} onChange={(event) => onChange(event.target.value)} />
        : (
          <input
            {...control} {...habits} lang={lang} type={type} value={value}
            onChange={(event) => onChange(kind === "digits" ? westernDigits(event.target.value) : event.target.value)}
          />
        )}
    </Field>
  );
}

/** Says every mistake once more at the top, each a link to its control, and takes the focus. */
export function ErrorSummary({ mistakes, attempt }: { mistakes: Mistakes; attempt: number }): ReactNode {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const found = Object.entries(mistakes);
  useEffect(() => {
    box.current?.focus();
  }, [attempt]);
  if (found.length === 0) {
    return null;
  }
  return (
    <div className="error-summary stack-tight" role="alert" tabIndex={-1} ref={box}>
      <h2>{t("ui.problem")}</h2>
      <ul className="stack-tight">
        {found.map(([name, sentence]) => (
          <li key={name}>
            <a
              href={`#${controlId(name)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(controlId(name))?.focus();
              }}
            >
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
