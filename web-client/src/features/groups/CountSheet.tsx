import { type ReactNode, useState } from "react";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { TextField } from "#ui/Field.tsx";
import type { Group, Member } from "./groups.ts";
import { useCount } from "./together.ts";
import { TogetherSheet, Whom } from "./TogetherSheet.tsx";

type Props = { read: Tagged<Group>; of: readonly Member[]; onClose: () => void };

/** The count of the other side, who says of each whether she is there. Nobody is ticked before: each counts for itself. */
export function CountSheet({ read, of, onClose }: Props): ReactNode {
  const t = useText();
  const change = useCount(read.value.id);
  const [there, setThere] = useState<readonly string[]>([]);
  const [isSure, setSure] = useState(false);
  const [children, setChildren] = useState("");
  const [note, setNote] = useState("");
  const ids = of.map(({ referral }) => referral.id);
  const missing = ids.filter((id) => !there.includes(id));
  return (
    <TogetherSheet
      groupId={read.value.id} verb={t("groups.confirm")} about={t("groups.about_confirm")} change={change} onClose={onClose}
      lacks={{
        ...(missing.length > 0 && !isSure && { there: t("groups.lacks_there") }),
        ...(!/^\d{1,3}$/.test(children) && { children: t("handovers.lacks_children") }),
      }}
      body={() => ({ etag: read.etag, body: { referralIds: ids, missing, children: Number(children), note: note.trim() || null } })}
    >
      {(mistakes) => (
        <>
          <Whom
            name="there" legend={t("groups.who_is_there")} of={of} ticked={there} mistake={mistakes["there"]}
            onChange={(ticked) => {
              setThere(ticked);
              setSure(false);
            }}
          />
          {missing.length > 0 && (mistakes["there"] || isSure) && (
            <>
              <Ticks
                name="sure" legend={t("groups.not_ticked")} ticked={isSure ? ["sure"] : []} onChange={(ticked) => setSure(ticked.length > 0)}
                options={[{ value: "sure", label: t("groups.is_missing", { count: missing.length }) }]}
              />
              {isSure && <Banner kind="danger">{t("handovers.no_hint")}</Banner>}
            </>
          )}
          <TextField name="children" kind="digits" short label={t("handovers.you_counted")} mistake={mistakes["children"]} value={children} onChange={setChildren} />
          <TextField name="note" lines={2} label={t("handovers.differs")} hint={t("handovers.differs_hint")} value={note} onChange={setNote} />
        </>
      )}
    </TogetherSheet>
  );
}
