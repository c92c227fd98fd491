import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import type { VictimDraft } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, fieldMistakes, type Mistakes, TextField } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { DistrictField } from "./NeedsHelp.tsx";
import { type Report, useConvert, useLinkByCode } from "./reports.ts";

type Props = { report: Report; close: () => void };

/** From a report to a case: a new one, or the one that it belongs to. */
export function ToCase({ way, ...props }: Props & { way: "case" | "link" }): ReactNode {
  return way === "case" ? <OpenCase {...props} /> : <KnownCase {...props} />;
}

const sexes = ["female", "male", "transgender", "not_known"] as const;
const bands = ["age_0_5", "age_6_9", "age_10_11", "age_12_13", "age_14_15", "age_16_17", "age_18_plus", "not_known"] as const;
type Band = NonNullable<VictimDraft["age"]["band"]>;

/** As little as is known; the rest is asked in the case. */
function OpenCase({ report, close }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [, go] = useLocation();
  const sexName = useLabel("sex");
  const bandName = useLabel("age_band");
  const [victimId] = useState(() => crypto.randomUUID());
  const [sex, setSex] = useState<VictimDraft["sex"]>();
  const [band, setBand] = useState<Band>();
  const [district, setDistrict] = useState(report.district ?? undefined);
  const [note, setNote] = useState(report.story ?? "");
  const [attempt, setAttempt] = useState(0);
  const convert = useConvert(report.id);
  const lacks: Mistakes = {
    ...(!sex && { sex: t("reports.lacks_sex") }), ...(!band && { band: t("reports.lacks_age") }), ...(!district && { district: t("reports.lacks_district") }),
  };
  const mistakes = attempt === 0 ? {} : { ...fieldMistakes(convert.error), ...lacks };
  return (
    <Sheet
      title={t("reports.open_case")} verb={t("reports.open_case")} busy={convert.isPending} onClose={close}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (sex && band && district) {
          convert.mutate(
            { id: victimId, found: { district }, sex, age: { band }, ...(note.trim() && { note: note.trim().slice(0, 4000) }) },
            { onSuccess: ({ victimId: made }) => made && go(`/cases/${made}`) },
          );
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {convert.error && convert.error.fields.length === 0 && <Banner kind="warning" live>{sentence(convert.error)}</Banner>}
      <p className="quiet">{t("reports.open_case_hint")}</p>
      <Ticks name="sex" kind="radio" legend={t("reports.who")} mistake={mistakes["sex"]} ticked={sex ? [sex] : []} options={sexes.map((value) => ({ value, label: sexName(value) }))} onChange={([chosen]) => setSex(chosen)} />
      <Ticks<Band> name="band" kind="radio" legend={t("reports.age")} mistake={mistakes["band"]} ticked={band ? [band] : []} options={bands.map((value) => ({ value, label: bandName(value) }))} onChange={([chosen]) => setBand(chosen)} />
      <DistrictField value={district} mistake={mistakes["district"]} onChange={(chosen) => setDistrict(chosen || undefined)} />
      <TextField name="note" lines={5} label={t("reports.note")} hint={t("reports.note_hint")} mistake={mistakes["note"]} value={note} onChange={setNote} />
    </Sheet>
  );
}

function KnownCase({ report, close }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const [code, setCode] = useState("");
  const [attempt, setAttempt] = useState(0);
  const [unknown, setUnknown] = useState(false);
  const link = useLinkByCode(report.id);
  const mistakes: Mistakes = attempt === 0 ? {} : !code.trim() || unknown ? { caseCode: t("reports.unknown_code") } : fieldMistakes(link.error);
  return (
    <Sheet
      title={t("reports.known_case")} verb={t("reports.link")} busy={link.isPending} onClose={close}
      onConfirm={() => {
        setAttempt(attempt + 1);
        if (code.trim()) {
          link.mutate(code.trim(), { onSuccess: (linked) => (linked ? close() : setUnknown(true)) });
        }
      }}
    >
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {link.error && link.error.fields.length === 0 && <Banner kind="warning" live>{sentence(link.error)}</Banner>}
      <TextField
        name="caseCode" label={t("reports.case_code")} hint={t("reports.case_code_hint")} mistake={mistakes["caseCode"]} value={code}
        onChange={(typed) => {
          setUnknown(false);
          setCode(typed);
        }}
      />
    </Sheet>
  );
}
