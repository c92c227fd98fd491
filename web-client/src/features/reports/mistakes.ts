import type { Problem } from "#api/problems.ts";
import { controlName, type Mistakes } from "#ui/Field.tsx";

/** What the server said of single fields, by the name of their controls. */
export function fieldMistakes(problem: Problem | null): Mistakes {
  return Object.fromEntries((problem?.fields ?? []).map(({ pointer, code, detail }) => [controlName(pointer), detail ?? code.replaceAll("_", " ")]));
}
