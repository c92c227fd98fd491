import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Link } from "wouter";
import { useOnline } from "#api/reach.ts";
import { useMe } from "#api/session.ts";
import type { Me } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";

/** Whether there is a connection, and how much waits for one. */
export function Connection(): ReactNode {
  const t = useText();
  const { data: me } = useMe();
  const online = useOnline();
  return (
    <span className="offline">
      <span role="status">{online ? "" : t("app.offline")}</span>
      {me && <Unsent me={me} />}
    </span>
  );
}

function Unsent({ me }: { me: Me }): ReactNode {
  const t = useText();
  const cache = useQueryClient();
  const { data: count = 0 } = useQuery<number>({ queryKey: ["unsent", "count", me.id], enabled: false, initialData: 0 });
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isWanted = true;
    void import("./sending.ts").then(({ watch }) => {
      stop = isWanted ? watch(me, cache) : undefined;
    }).catch(() => undefined);
    return () => {
      isWanted = false;
      stop?.();
    };
    // Anew for another worker, not for each reading of the same.
    // eslint-disable-next-line react/exhaustive-deps
  }, [me.id, cache]);
  return count > 0 && <Link href="/waiting">{t("app.unsent", { count })}</Link>;
}
