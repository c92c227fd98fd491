import type { UseMutationResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { Me } from "#api/shapes.ts";
import { stepOf } from "#api/steps.ts";
import { sendOrKeep } from "#drafts/queue.ts";
import { type Band, sexes, type Who } from "./registration.ts";

type Intake = components["schemas"]["IntakeView"];
type IntakeDraft = components["schemas"]["IntakeDraft"];

/** One of a family, as far as is known. */
export type FamilyMember = { id: string; who: Who; band: Band; latin: string; ur: string };

/** Kept on the phone until it is sent; the ids are made here, so that sending twice registers nobody twice. */
export type Family = {
  householdId: string;
  /** The time that the server is told, always the same; drafts of before have none. */
  begunAt?: string;
  district: string;
  members: FamilyMember[];
};

export const newFamily = (district: string): Family => ({ householdId: crypto.randomUUID(), begunAt: new Date().toISOString(), district, members: [] });

/** All of them or nobody. Undefined: there is no connection, and it is kept on this phone. */
export function useRegisterFamily(me: Me): UseMutationResult<Intake | undefined, Problem, Family> {
  return useChange<Family, Intake | undefined>({
    send: (family, key) => {
      const { householdId, begunAt, district, members } = family;
      const found = { district, ...(begunAt && { occurredAt: begunAt }) };
      const body: IntakeDraft = {
        kind: "family",
        householdId,
        members: members.map(({ id, who, band, ...name }) => {
          const [latin, ur] = [name.latin.trim(), name.ur.trim()];
          return { id, found, sex: sexes[who], age: { band }, ...((latin || ur) && { name: { ...(latin && { latin }), ...(ur && { ur }) } }) };
        }),
      };
      return sendOrKeep<Intake>(me.id, {
        id: householdId, kind: "family", at: Date.now(), agencyId: me.agency.id, done: 0, steps: [stepOf("/api/v1/victims/intake", body, key())],
        draft: { id: "family", kind: "family", value: family, href: "/register/family" }, href: `/households/${householdId}/refer`,
      });
    },
    refreshes: () => [["victims"]],
  });
}
