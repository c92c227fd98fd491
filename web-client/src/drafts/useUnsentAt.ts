import { useQuery } from "@tanstack/react-query";
import { listUnsent, readUnsent, type Unsent } from "./queue.ts";

/** What waits on this phone and belongs at this address, opened: for the page on which it was written. */
export function useUnsentAt(worker: string, href: string): Unsent[] {
  const { data = [] } = useQuery({
    queryKey: ["unsent", "rows", worker, "at", href],
    queryFn: async () => {
      const rows = await listUnsent(worker);
      const unsent = await Promise.all(rows.map(({ id }) => readUnsent(worker, id)));
      return unsent.filter((one): one is Unsent => one?.href === href);
    },
    staleTime: 0,
  });
  return data;
}
