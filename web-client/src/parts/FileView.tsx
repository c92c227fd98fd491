import { type ReactNode, useEffect, useState } from "react";
import { answer, api } from "#api/client.ts";
import { type Problem, useProblemText } from "#api/problems.ts";
import { useText } from "#i18n/i18n.tsx";
import { Button } from "#ui/Button.tsx";

type Props = { victimId: string; recordId: string; name: string };

/** The file itself: asked for by a press of its own, held while it is shown, and in nobody's cache. */
export default function FileView({ victimId, recordId, name }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [shown, setShown] = useState<{ type: string; address: string }>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  useEffect(() => () => {
    if (shown) {
      URL.revokeObjectURL(shown.address);
    }
  }, [shown]);
  const open = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const file = await answer(api.GET("/api/v1/victims/{id}/attachments/{attachmentId}", { params: { path: { id: victimId, attachmentId: recordId } }, parseAs: "blob" })) as unknown as Blob;
      setShown({ type: file.type, address: URL.createObjectURL(file) });
    } catch (fault) {
      setProblem(fault as Problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack-tight">
      {!shown && <Button busy={busy} onClick={() => void open()}>{t("parts.open_file")}</Button>}
      {shown && (shown.type.startsWith("image/")
        ? <img className="paper" src={shown.address} alt={name} />
        : <a className="button secondary" href={shown.address} download="file.pdf">{t("parts.save_file")}</a>)}
      {problem && <p role="alert">{sentence(problem)}</p>}
    </div>
  );
}
