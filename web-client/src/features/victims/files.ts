import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components, operations } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Shows = NonNullable<NonNullable<operations["addAttachment"]["parameters"]["query"]>["shows"]>;

export function useFiles(victimId: string): UseQueryResult<Schemas["RecordRow"][], Problem> {
  return useQuery<Schemas["RecordRow"][], Problem>({
    queryKey: ["victim", victimId, "items", "attachment"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/records", { params: { path: { id: victimId }, query: { kind: "attachment" } } }))).items,
  });
}

/** @param id One for each file that is chosen: sent again, it is the same file. */
export type NewFile = { id: string; shows: Shows; restricted: boolean; bytes: Blob };

/** Never kept on the phone: without a connection it is not sent, and says so. */
export function useAddFile(victimId: string): UseMutationResult<Schemas["RecordView"], Problem, NewFile> {
  return useChange<NewFile, Schemas["RecordView"]>({
    send: ({ id, shows, restricted, bytes }, key) => answer(api.POST("/api/v1/victims/{id}/attachments", {
      params: { path: { id: victimId }, query: { attachmentId: id, shows, restricted }, header: { "Idempotency-Key": key() } },
      headers: { "Content-Type": bytes.type || "application/octet-stream" },
      body: bytes as unknown as string,
      bodySerializer: (body) => body as unknown as Blob,
    })),
    refreshes: () => [["victim", victimId]],
  });
}
