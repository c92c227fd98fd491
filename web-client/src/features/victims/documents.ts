import { useQuery, type UseMutationResult, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { api, type Tagged, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];

export type Documents = {
  identity: Schemas["IdentityRecord"];
  contact: Schemas["ContactRecord"];
  health: Schemas["HealthRecord"];
};
export type DocumentKind = keyof Documents;

export const documentKinds = ["identity", "contact", "health"] as const satisfies readonly DocumentKind[];

type Doors = {
  [Kind in DocumentKind]: {
    read: (id: string) => Promise<Tagged<Documents[Kind]>>;
    write: (id: string, etag: string, body: Documents[Kind]) => Promise<Tagged<Documents[Kind]>>;
  };
};

const at = (id: string): { params: { path: { id: string } } } => ({ params: { path: { id } } });
const over = (id: string, etag: string) => ({ params: { path: { id }, header: { "If-Match": etag } } });

const doors: Doors = {
  identity: {
    read: (id) => tagged(api.GET("/api/v1/victims/{id}/identity", at(id))),
    write: (id, etag, body) => tagged(api.PUT("/api/v1/victims/{id}/identity", { ...over(id, etag), body })),
  },
  contact: {
    read: (id) => tagged(api.GET("/api/v1/victims/{id}/contact", at(id))),
    write: (id, etag, body) => tagged(api.PUT("/api/v1/victims/{id}/contact", { ...over(id, etag), body })),
  },
  health: {
    read: (id) => tagged(api.GET("/api/v1/victims/{id}/health", at(id))),
    write: (id, etag, body) => tagged(api.PUT("/api/v1/victims/{id}/health", { ...over(id, etag), body })),
  },
};

const keyOf = (id: string, kind: DocumentKind): string[] => ["victim", id, "document", kind];

/** Read for writing, so never kept once the form is left. */
export function useDocument<Kind extends DocumentKind>(id: string, kind: Kind): UseQueryResult<Tagged<Documents[Kind]>, Problem> {
  return useQuery<Tagged<Documents[Kind]>, Problem>({
    queryKey: keyOf(id, kind),
    queryFn: () => doors[kind].read(id),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Where somebody else was faster, what they wrote is read: the form then shows both. */
export function useSaveDocument<Kind extends DocumentKind>(id: string, kind: Kind): UseMutationResult<Tagged<Documents[Kind]>, Problem, { etag: string; body: Documents[Kind] }> {
  const cache = useQueryClient();
  return useChange({
    send: async ({ etag, body }) => {
      try {
        return await doors[kind].write(id, etag, body);
      } catch (fault) {
        if ((fault as Problem).status === 412) {
          await cache.invalidateQueries({ queryKey: keyOf(id, kind) });
        }
        throw fault;
      }
    },
    refreshes: () => [["victim", id]],
  });
}
