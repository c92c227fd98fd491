import { type ReactNode, useState } from "react";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { TextField } from "#ui/Field.tsx";
import type { Group } from "./groups.ts";
import { type Decision, useDecide } from "./together.ts";
import { TogetherSheet } from "./TogetherSheet.tsx";

/** The word of a second person about all who are kept apart; a no says a line to whoever asked. */
export function DecideSheet({ read, decision, onClose }: { read: Tagged<Group>; decision: Decision; onClose: () => void }): ReactNode {
  const t = useText();
  const change = useDecide(read.value.id);
  const [line, setLine] = useState("");
  const said = line.trim();
  return (
    <TogetherSheet
      groupId={read.value.id} verb={t(`groups.act_${decision}`)} about={t(`desk.about_${decision}`)} change={change} onClose={onClose}
      lacks={decision !== "approve" && !said ? { line: t(`desk.lacks_${decision}`) } : {}}
      body={() => ({ etag: read.etag, body: { decision, ...(said && { line: said }) } })}
    >
      {(mistakes) => decision !== "approve" && <TextField name="line" label={t(`desk.line_${decision}`)} lines={3} value={line} mistake={mistakes["line"]} onChange={setLine} />}
    </TogetherSheet>
  );
}
