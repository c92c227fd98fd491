import type { UseMutationResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Topic = Schemas["ClockDraft"]["topic"];
type NewDate = Pick<Schemas["ClockDraft"], "topic" | "dueAt">;

/** Of each topic one runs at a time: a new date replaces the old one. */
export function useSetDate(victimId: string): UseMutationResult<Schemas["ClockItem"], Problem, NewDate> {
  return useChange<NewDate, Schemas["ClockItem"]>({
    send: (date, key) => answer(api.POST("/api/v1/clocks", { params: { header: { "Idempotency-Key": key() } }, body: { victimId, ...date } })),
    refreshes: () => [["clocks"]],
  });
}
