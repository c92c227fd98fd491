import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { Group } from "./groups.ts";

type Schemas = components["schemas"];
export type Journey = Schemas["GroupMove"];
export type Handover = Schemas["GroupHandover"];
export type Count = Schemas["GroupConfirmation"];
export type Verdict = Schemas["ApprovalVerdict"];
export type Decision = Verdict["decision"];

/** What is done to several of a group, all or none, over the version that was read. */
export type Together<Body> = { etag: string; body: Body };
type Change<Body> = UseMutationResult<Group | undefined, Problem, Together<Body>>;

const refreshes = (id: string) => (): string[][] => [["referrals"], ["referral"], ["group", id], ["approvals"]];

/** They set out or arrive. */
export const useJourney = (id: string): Change<Journey> => useChange<Together<Journey>, Group | undefined>({
  send: ({ etag, body }, key) => answer(api.POST("/api/v1/referral-groups/{id}/move", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body })),
  refreshes: refreshes(id),
});

export const useHandOver = (id: string): Change<Handover> => useChange<Together<Handover>, Group | undefined>({
  send: ({ etag, body }, key) => answer(api.POST("/api/v1/referral-groups/{id}/handovers", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body })),
  refreshes: refreshes(id),
});

/** The count of the other side. */
export const useCount = (id: string): Change<Count> => useChange<Together<Count>, Group | undefined>({
  send: ({ etag, body }, key) => answer(api.POST("/api/v1/referral-groups/{id}/handovers/confirm", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body })),
  refreshes: refreshes(id),
});

/** A second person about all who are kept apart. */
export const useDecide = (id: string): Change<Verdict> => useChange<Together<Verdict>, Group | undefined>({
  send: ({ etag, body }, key) => answer(api.POST("/api/v1/referral-groups/{id}/decide", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body })),
  refreshes: refreshes(id),
});
