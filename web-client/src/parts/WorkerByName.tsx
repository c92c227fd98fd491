import { type ReactNode, useState } from "react";
import { useProblemText } from "#api/problems.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { TextField } from "#ui/Field.tsx";
import { useMatchWorkers } from "./agencies.ts";

type Props = {
  /** Of the control that takes the name. */
  name: string;
  agencyId: string;
  words: { label: string; hint?: string; look: string; nobody: string; who: string; /** Offers to mean none of them. */ none?: string };
  mistake: string | undefined;
  chosen: string | undefined;
  /** Undefined: none of these. */
  onChoose: (id: string | undefined) => void;
};

const none = "none";

/** Somebody of an agency, found by name and then chosen. */
export function WorkerByName({ name, agencyId, words, mistake, chosen, onChoose }: Props): ReactNode {
  const sentence = useProblemText();
  const [typed, setTyped] = useState("");
  const look = useMatchWorkers();
  return (
    <>
      <TextField name={name} kind="name" label={words.label} {...(words.hint && { hint: words.hint })} mistake={mistake} value={typed} onChange={setTyped} />
      <div><Button busy={look.isPending} disabled={typed.trim() === ""} onClick={() => look.mutate({ agencyId, name: typed })}>{words.look}</Button></div>
      {look.error && <Banner kind="warning" live>{sentence(look.error)}</Banner>}
      {look.data?.length === 0 && <Banner kind="info" live>{words.nobody}</Banner>}
      {look.data && look.data.length > 0 && (
        <Ticks
          name="who" kind="radio" legend={words.who} ticked={chosen ? [chosen] : words.none ? [none] : []}
          options={[...look.data.map(({ id, displayName }) => ({ value: id, label: <bdi>{displayName}</bdi> })), ...(words.none ? [{ value: none, label: words.none }] : [])]}
          onChange={([id]) => id && onChoose(id === none ? undefined : id)}
        />
      )}
    </>
  );
}
