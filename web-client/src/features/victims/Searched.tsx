import { type ReactNode, useEffect, useRef } from "react";
import { ProblemView } from "#api/Loaded.tsx";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Waiting } from "#ui/States.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { FoundList } from "./FoundList.tsx";
import type { QuestionProps } from "./Questions.tsx";
import { soughtBy } from "./registration.ts";
import { useSearch } from "./search.ts";

/** Who may be the same person already. Nobody is kept from registering: a search can fail, a child cannot wait. */
export function SearchedQuestion({ answers, next, frame }: QuestionProps): ReactNode {
  const t = useText();
  const { mutate, data, error } = useSearch();
  const begun = useRef(false);
  const search = (): void => mutate(soughtBy(answers));
  useEffect(() => {
    // Once a visit: each search is written down.
    if (!begun.current) {
      begun.current = true;
      search();
    }
  });
  const isNobody = data?.items.length === 0;
  useEffect(() => {
    // Nothing to choose from: on to the next question, which says so. Who comes back here may look.
    if (isNobody && !answers.searched) {
      next({ ...answers, searched: true, lookedFor: true, isNobody: true });
    }
    // Once, when the answer comes.
    // eslint-disable-next-line react/exhaustive-deps
  }, [isNobody]);
  return (
    <QuestionPage
      {...frame} question={isNobody ? t("victims.ask_found_nobody") : t("victims.ask_found")} continueLabel={t("victims.register_new")}
      onContinue={() => next({ ...answers, searched: true, lookedFor: data !== undefined || error?.status === 422 })}
    >
      {data ? <FoundList found={data} />
        : error?.code === "offline" ? <Banner kind="info" live>{t("victims.find_offline")}</Banner>
        : error?.status === 422 ? <Banner kind="info" live>{t("victims.find_too_common")}</Banner>
        : error ? <ProblemView problem={error} retry={search} />
        : <Waiting />}
    </QuestionPage>
  );
}
