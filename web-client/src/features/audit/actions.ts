import { useTextIds, useTextIfAny } from "#i18n/i18n.tsx";

const starts = ["victims.action_", "audit.action_"] as const;

/** What a journal action is called: of a case, or of agencies, workers and services. The code where a later server sends one more. */
export function useActionWords(): (action: string) => string {
  const say = useTextIfAny();
  return (action) => say(`victims.action_${action.replace(".", "_")}`) ?? say(`audit.action_${action.replace(".", "_")}`) ?? action.replace(/[._]/g, " ");
}

/** Every action that has words, with them: what comes first in a code never holds a line, so the first one stood for the dot. */
export function useActions(): [string, string][] {
  const words = useActionWords();
  const actions = useTextIds(starts).map((id) => id.replace(/^\w+\.action_/, "").replace("_", "."));
  return actions.map((action): [string, string] => [action, words(action)]).toSorted(([, one], [, other]) => one.localeCompare(other));
}
