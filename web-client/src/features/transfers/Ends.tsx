import { type ReactNode, useState } from "react";
import type { Tagged } from "#api/client.ts";
import { useText } from "#i18n/i18n.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { type EndAction, EndSheet, verbOf } from "./EndSheet.tsx";
import type { Transfer } from "./transfers.ts";

type Props = { read: Tagged<Transfer>; onDone: (after: Transfer | undefined) => void };

/** The answers that the server offers, within the thumb's reach. */
export function Ends({ read, onDone }: Props): ReactNode {
  const t = useText();
  const [ending, setEnding] = useState<EndAction>();
  const actions = read.value.allowedActions as EndAction[];
  return (
    <>
      <ActionBar
        acts={actions.map((action) => ({
          key: action, label: t(verbOf(action, read.value)), kind: action === "accept" ? "primary" as const : "secondary" as const, onPress: () => setEnding(action),
        }))}
      />
      {ending && (
        <EndSheet
          action={ending} read={read} onClose={() => setEnding(undefined)}
          onDone={(after) => {
            setEnding(undefined);
            onDone(after);
          }}
        />
      )}
    </>
  );
}
