import type { QueryClient } from "@tanstack/react-query";
import { readDistricts, readTaxonomy, type TaxonomyName } from "#api/reference.ts";
import { isOnline, onConnection } from "#api/reach.ts";
import type { Me } from "#api/shapes.ts";
import { keptList } from "#drafts/kept.ts";
import { changed, listUnsent, sendUnsent, sent } from "#drafts/queue.ts";

const soon = 5000;
const again = 60_000;
/** Milliseconds between two looks for a server that did not answer, while the browser believes in its network. */
const anew = 10_000;

/** What the screens need that work without a connection. */
const lists: readonly TaxonomyName[] = [
  "age_band", "service_category", "record_kind", "visit_finding", "follow_up_kind", "report_channel", "relation_kind", "access_role",
];

/** Counts what waits, sends it whenever there is a connection, and prepares the phone for being without one. */
export function watch(me: Me, cache: QueryClient): () => void {
  const count = async (): Promise<void> => {
    const rows = await listUnsent(me.id);
    cache.setQueryData(["unsent", "count", me.id], rows.length);
    await cache.invalidateQueries({ queryKey: ["unsent", "rows"] });
  };
  const send = (): void => void sendUnsent(me.id).catch(() => undefined);
  // Who was remembered is asked for again: the session may have ended meanwhile.
  const ask = (): void => void cache.invalidateQueries({ queryKey: ["me"] });
  const back = (): void => {
    ask();
    send();
  };
  // By the clock, and not as soon as something is answered: where the server answers one and not the other, they would chase each other.
  let isLost = !isOnline();
  const stop = onConnection(() => {
    isLost ||= !isOnline();
  });
  const look = (): void => {
    if (isLost && navigator.onLine && !document.hidden) {
      isLost = !isOnline();
      (isLost ? ask : back)();
    }
  };
  const arrived = (): void => void cache.invalidateQueries({ predicate: ({ queryKey: [first] }) => first === "victims" || first === "victim" || first === "referral" || first === "reports" });
  window.addEventListener(changed, count);
  window.addEventListener(sent, arrived);
  window.addEventListener("online", back);
  void count().then(send);
  const timers = [
    setInterval(() => navigator.onLine && send(), again),
    setInterval(look, anew),
    setTimeout(() => void prepare(me), soon),
  ];
  return () => {
    window.removeEventListener(changed, count);
    window.removeEventListener(sent, arrived);
    window.removeEventListener("online", back);
    stop();
    timers.forEach(clearTimeout);
  };
}

/** The shell comes from the service worker, which keeps nothing but files of the build; the lists come from here. */
async function prepare({ areas }: Me): Promise<void> {
  if (import.meta.env.PROD && "serviceWorker" in navigator) {
    await navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
  if (!areas.includes("register") && !areas.includes("reports")) {
    return;
  }
  try {
    if (!(await keptList("districts"))) {
      await readDistricts();
    }
    for (const name of lists) {
      if (!(await keptList(`taxonomy/${name}`))) {
        await readTaxonomy(name);
      }
    }
  } catch {
    // Another visit brings the rest.
  }
}
