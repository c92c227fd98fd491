import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { NameView } from "#ui/NameView.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import type { QuestionProps } from "./Questions.tsx";
import { asked, type Registration, type Step, useRegister } from "./registration.ts";

type Props = { me: Me; draftId: string; answers: Registration; frame: QuestionProps["frame"]; drop: () => Promise<void> };

/** Every answer once more; one button registers, and the referral begins. */
export function Check({ me, draftId, answers, frame, drop }: Props): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const sentence = useProblemText();
  const district = useDistrictName();
  const band = useLabel("age_band");
  const category = useLabel("service_category");
  const register = useRegister(me, draftId);
  const values: Record<Exclude<Step, "check" | "found">, ReactNode> = {
    name: <><NameView name={{ ur: answers.ur, latin: answers.latin }} />{answers.fatherName.trim() && <> · {t("victims.father")} <bdi>{answers.fatherName.trim()}</bdi></>}</>,
    who: answers.who && t(`victims.who_${answers.who}`),
    age: band(answers.band),
    district: <>{district(answers.district)}{answers.place && <> · <bdi>{answers.place}</bdi></>}</>,
    danger: answers.danger && t(`victims.danger_${answers.danger}`),
    needs: answers.needs.map((need) => category(need.category)).join(t("parts.comma")),
  };
  const facts = asked(answers).filter((step) => step !== "check" && step !== "found").map((step) => ({
    label: t(`victims.check_${step}`), value: values[step], changeHref: `/register/${draftId}/${step}`,
  }));
  return (
    <QuestionPage
      {...frame} question={t("victims.check")} continueLabel={t("victims.register_new")} busy={register.isPending}
      onContinue={() => register.mutate(answers, {
        onSuccess: (victim) => void drop().finally(() => go(victim ? `/cases/${victim.id}${victim.may.refer ? "/refer/permission" : ""}` : "/waiting", { replace: true })),
      })}
    >
      {register.error && <Banner kind="warning" live>{sentence(register.error)}</Banner>}
      <CheckAnswers facts={facts} />
      <p className="quiet">{t("victims.after_register")}</p>
    </QuestionPage>
  );
}
