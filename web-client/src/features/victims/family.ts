import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import { type Band, sexes, type Who } from "./registration.ts";

type Intake = components["schemas"]["IntakeView"];

/** One of a family, as far as is known. */
export type FamilyMember = { id: string; who: Who; band: Band; latin: string; ur: string };

/** Kept on the phone until it is sent; the ids are made here, so that sending twice registers nobody twice. */
export type Family = { householdId: string; district: string; members: FamilyMember[] };

export const newFamily = (district: string): Family => ({ householdId: crypto.randomUUID(), district, members: [] });

/** All of them or nobody. */
export function useRegisterFamily(): UseMutationResult<Intake, Problem, Family> {
  return useChange<Family, Intake>({
    send: ({ householdId, district, members }, key) => answer(api.POST("/api/v1/victims/intake", {
      params: { header: { "Idempotency-Key": key() } },
      body: {
        kind: "family",
        householdId,
        members: members.map(({ id, who, band, ...name }) => {
          const [latin, ur] = [name.latin.trim(), name.ur.trim()];
          return { id, found: { district }, sex: sexes[who], age: { band }, ...((latin || ur) && { name: { ...(latin && { latin }), ...(ur && { ur }) } }) };
        }),
      },
    })),
    refreshes: () => [["victims"]],
  });
}
