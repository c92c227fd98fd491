import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedDraft, VictimDraft, VictimView } from "#api/shapes.ts";

export type Who = "girl" | "boy" | "woman" | "man" | "transgender" | "not_known";
export type Band = NonNullable<VictimDraft["age"]["band"]>;
export type Category = NeedDraft["category"];
export type Danger = "yes" | "no" | "not_known";

/** The answers so far. Ids are made here, so that an answer that never came back is not entered twice. */
export type Registration = {
  victimId: string;
  latin: string;
  ur: string;
  nameAsked: boolean;
  who?: Who;
  band?: Band;
  district?: string;
  place: string;
  danger?: Danger;
  needs: { id: string; category: Category }[];
};

export const kind = "registration";

export const newRegistration = (): Registration =>
  ({ victimId: crypto.randomUUID(), latin: "", ur: "", nameAsked: false, place: "", needs: [] });

export const steps = ["name", "who", "age", "district", "danger", "needs", "check"] as const;
export type Step = (typeof steps)[number];

/** A woman or a man has told the age already. */
export const asked = ({ who }: Registration): Step[] =>
  steps.filter((step) => step !== "age" || (who !== "woman" && who !== "man"));

const sexes: Record<Who, VictimDraft["sex"]> = {
  girl: "female", woman: "female", boy: "male", man: "male", transgender: "transgender", not_known: "not_known",
};

// Danger makes a need an emergency; not knowing is nearer to danger than to safety.
const urgencies: Record<Danger, NeedDraft["urgency"]> = { yes: "emergency", not_known: "high", no: "medium" };

export const isAnswered = (registration: Registration, step: Step): boolean => {
  const { nameAsked, who, band, district, danger, needs } = registration;
  switch (step) {
    case "name": return nameAsked;
    case "who": return who !== undefined;
    case "age": return band !== undefined;
    case "district": return district !== undefined;
    case "danger": return danger !== undefined;
    case "needs": return needs.length > 0;
    case "check": return false;
  }
};

/** Registers the person, then each need. A retry repeats what had worked without doing it again. */
export function useRegister(): UseMutationResult<VictimView, Problem, Registration> {
  return useChange<Registration, VictimView>({
    send: async (registration, key) => {
      const { victimId, who = "not_known", band = "not_known", district = "", danger = "not_known" } = registration;
      const [latin, ur, place] = [registration.latin.trim(), registration.ur.trim(), registration.place.trim()];
      const victim = await answer(api.POST("/api/v1/victims", {
        params: { header: { "Idempotency-Key": key("victim") } },
        body: {
          id: victimId,
          found: { district, ...(place && { place }) },
          sex: sexes[who],
          age: { band },
          ...((latin || ur) && { name: { ...(latin && { latin }), ...(ur && { ur }) } }),
        },
      }));
      for (const { id, category } of registration.needs) {
        await answer(api.POST("/api/v1/victims/{id}/needs", {
          params: { path: { id: victim.id }, header: { "Idempotency-Key": key(id) } },
          body: { id, category, urgency: urgencies[danger], constraints: [] },
        }));
      }
      return victim;
    },
    refreshes: () => [["victims"]],
  });
}
