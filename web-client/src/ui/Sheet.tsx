import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "./Button.tsx";

type Props = {
  title: string;
  /** The button repeats the verb that opened the sheet. */
  verb: string;
  danger?: boolean;
  busy?: boolean;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
};

/** A short input or a consequence over the page. Escape closes it and focus goes back to what opened it. */
export function Sheet({ title, verb, danger = false, busy = false, onClose, onConfirm, children }: Props): ReactNode {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opener = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (opener instanceof HTMLElement) {
        opener.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog} className="sheet" aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        noValidate className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) {
            onConfirm();
          }
        }}
      >
        <h2 id={heading}>{title}</h2>
        {children}
        <div className="buttons">
          <Button type="submit" kind={danger ? "danger" : "primary"} busy={busy}>{verb}</Button>
          <Button onClick={onClose}>{t("ui.not_now")}</Button>
        </div>
      </form>
    </dialog>
  );
}
