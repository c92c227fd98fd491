import type { UseMutationResult } from "@tanstack/react-query";
import { type Keys, useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { Me, NeedDraft, VictimDraft, VictimView } from "#api/shapes.ts";
import { type Step as Posted, stepOf } from "#api/steps.ts";
import { sendOrKeep } from "#drafts/queue.ts";
import { inItsScript, nothingSought, type Sought, typed } from "./search.ts";

export type Who = "girl" | "boy" | "woman" | "man" | "transgender" | "not_known";
export type Band = NonNullable<VictimDraft["age"]["band"]>;
export type Category = NeedDraft["category"];
export type Danger = "yes" | "no" | "not_known";

/** The answers so far. Ids are made here, so that an answer that never came back is not entered twice. */
export type Registration = {
  victimId: string;
  /** The time that the server is told: always the same, because what is sent again under the same key has to be the same. */
  begunAt: string;
  latin: string;
  ur: string;
  /** In either script. */
  fatherName: string;
  nameAsked: boolean;
  /** Looked for among the cases that are there, and not found. */
  searched: boolean;
  /** The search was answered: otherwise it is done when the registration is sent. */
  lookedFor?: boolean;
  /** And nobody was found. */
  isNobody?: boolean;
  who?: Who;
  band?: Band;
  district?: string;
  place: string;
  danger?: Danger;
  needs: { id: string; category: Category }[];
  /** What was sent before it was changed. */
  tried?: string[];
};

export const kind = "registration";

export const newRegistration = (): Registration =>
  ({ victimId: crypto.randomUUID(), begunAt: new Date().toISOString(), latin: "", ur: "", fatherName: "", nameAsked: false, searched: false, place: "", needs: [] });

export const steps = ["name", "found", "who", "age", "district", "danger", "needs", "check"] as const;
export type Step = (typeof steps)[number];

/** By what a case of the same person would be found: one script is enough. */
export const soughtBy = ({ latin, ur, fatherName }: Registration): Sought => ({ ...nothingSought, name: ur.trim() || latin, fatherName });

const canBeSought = (registration: Registration): boolean => Object.values(soughtBy(registration)).some((text) => text.trim());

/** A woman or a man has told the age already; who has no name cannot be looked for. */
export const asked = (registration: Registration): Step[] => steps.filter((step) => {
  switch (step) {
    case "found": return canBeSought(registration);
    case "age": return registration.who !== "woman" && registration.who !== "man";
    default: return true;
  }
});

export const people: readonly Who[] = ["girl", "boy", "woman", "man", "transgender", "not_known"];

export const sexes: Record<Who, VictimDraft["sex"]> = {
  girl: "female", woman: "female", boy: "male", man: "male", transgender: "transgender", not_known: "not_known",
};

// Danger makes a need an emergency; not knowing is nearer to danger than to safety.
const urgencies: Record<Danger, NeedDraft["urgency"]> = { yes: "emergency", not_known: "high", no: "medium" };

export const isAnswered = (registration: Registration, step: Step): boolean => {
  const { nameAsked, searched, who, band, district, danger, needs } = registration;
  switch (step) {
    case "name": return nameAsked;
    case "found": return searched;
    case "who": return who !== undefined;
    case "age": return band !== undefined;
    case "district": return district !== undefined;
    case "danger": return danger !== undefined;
    case "needs": return needs.length > 0;
    case "check": return false;
  }
};

/** The person, then each need. Written down before it is sent, so that it can also be sent later. */
function stepsOf(registration: Registration, key: Keys): Posted[] {
  const { victimId, begunAt, who = "not_known", band = "not_known", district = "", danger = "not_known" } = registration;
  const [latin, ur, place] = [registration.latin.trim(), registration.ur.trim(), registration.place.trim()];
  const victim: VictimDraft = {
    id: victimId,
    found: { district, ...(place && { place }), occurredAt: begunAt },
    sex: sexes[who],
    age: { band },
    ...((latin || ur) && { name: { ...(latin && { latin }), ...(ur && { ur }) } }),
    ...(registration.fatherName.trim() && { fatherName: inItsScript(registration.fatherName) }),
  };
  return [
    stepOf("/api/v1/victims", victim, key("victim")),
    ...registration.needs.map(({ id, category }) => {
      const need: NeedDraft = { id, category, urgency: urgencies[danger], constraints: [] };
      return stepOf(`/api/v1/victims/${victimId}/needs`, need, key(id));
    }),
  ];
}

/** A retry repeats what had worked without doing it again. Undefined: there is no connection, and it is kept on this phone. */
export function useRegister(me: Me, draftId: string): UseMutationResult<VictimView | undefined, Problem, Registration> {
  return useChange<Registration, VictimView | undefined>({
    send: (registration, key) => {
      const sought = typed(soughtBy(registration));
      return sendOrKeep<VictimView>(me.id, {
        id: draftId, kind: "registration", at: Date.now(), agencyId: me.agency.id, done: 0,
        steps: stepsOf(registration, key),
        ...(registration.tried && { tried: registration.tried }),
        ...(!registration.lookedFor && Object.keys(sought).length > 0 && { sought: JSON.stringify(sought) }),
        draft: { id: draftId, kind, value: { ...registration, searched: registration.lookedFor === true }, href: `/register/${draftId}/check` },
        href: `/cases/${registration.victimId}`,
      });
    },
    refreshes: () => [["victims"]],
  });
}
