import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import type { Me } from "#api/shapes.ts";
import { keptMe } from "#drafts/kept.ts";
import { openWithPin, pinOwner } from "#drafts/pin.ts";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";
import { TextField } from "#ui/Field.tsx";

/** Opens what lies on this phone without a connection, for whoever has set a PIN. It signs nobody in. */
export default function Unlock({ onOpen }: { onOpen: (me: Me) => void }): ReactNode {
  const t = useText();
  const [owner, setOwner] = useState<string>();
  const [pin, setPin] = useState("");
  const [said, setSaid] = useState<"wrong" | "gone">();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void pinOwner().then(setOwner).catch(() => undefined);
  }, []);
  if (said === "gone") {
    return <p role="alert">{t("app.pin_gone")}</p>;
  }
  if (!owner) {
    return null;
  }
  const open = async (): Promise<void> => {
    setBusy(true);
    const opened = await openWithPin(owner, pin).catch(() => "wrong" as const).finally(() => setBusy(false));
    const me = opened === "open" ? await keptMe().catch(() => undefined) : undefined;
    setPin("");
    if (me) {
      onOpen(me);
    } else {
      setSaid(opened === "wrong" ? "wrong" : "gone");
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (pin && !busy) {
      void open();
    }
  };
  return (
    <form noValidate className="stack" onSubmit={submit}>
      <TextField name="pin" kind="digits" type="password" short label={t("app.pin")} hint={t("app.pin_hint")} mistake={said && t("app.pin_wrong")} value={pin} onChange={setPin} />
      <div><Button type="submit" busy={busy}>{t("app.pin_open")}</Button></div>
    </form>
  );
}
