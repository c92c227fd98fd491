import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Problem, useProblemText } from "#api/problems.ts";
import { proof } from "#api/proof.ts";
import { isStillHere, signInAgainAddress } from "#api/session.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Sheet } from "#ui/Sheet.tsx";

/** Whoever decides has signed in lately: that is done in another tab, and what was written here waits and is sent. */
export default function SignInAgain(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const cache = useQueryClient();
  const [isOpened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Problem>();
  const address = signInAgainAddress();
  const goOn = async (): Promise<void> => {
    setBusy(true);
    setWrong(undefined);
    try {
      proof.settle(await isStillHere(cache));
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.isSignedOut) {
        proof.settle(false);
      } else {
        setWrong(fault);
        setBusy(false);
      }
    }
  };
  return (
    <Sheet
      title={t("session.again")} verb={t(isOpened ? "session.decide" : "app.sign_in")} busy={busy}
      onClose={() => proof.settle(false)}
      onConfirm={() => {
        if (isOpened) {
          void goOn();
        } else {
          window.open(address, "_blank", "noopener");
          setOpened(true);
        }
      }}
    >
      {wrong && <Banner kind="warning" live>{sentence(wrong)}</Banner>}
      <p role="status">{t(isOpened ? "session.again_then" : "session.again_why")}</p>
      {isOpened && <p><a href={address} target="_blank" rel="noopener">{t("session.again_open")}</a></p>}
    </Sheet>
  );
}
