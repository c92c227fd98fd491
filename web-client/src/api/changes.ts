import { type QueryKey, useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { Problem } from "./problems.ts";
import { proven } from "./proof.ts";

/** The `Idempotency-Key` of one request of a change; the same step of the same input always gets the same one. */
export type Keys = (step?: string) => string;

type Change<Input, Answer> = {
  send: (input: Input, key: Keys) => Promise<Answer>;
  /** What to read again afterwards. */
  refreshes?: (answer: Answer, input: Input) => readonly QueryKey[];
};

/** A mutation that may be pressed twice, on a network that may answer late, and still happens once. */
export function useChange<Input, Answer>({ send, refreshes }: Change<Input, Answer>): UseMutationResult<Answer, Problem, Input> {
  const cache = useQueryClient();
  const attempt = useRef<{ body: string; keys: Map<string, string> }>(undefined);
  return useMutation<Answer, Problem, Input>({
    mutationFn: (input) => {
      const body = JSON.stringify(input ?? null);
      if (attempt.current?.body !== body) {
        attempt.current = { body, keys: new Map() };
      }
      const { keys } = attempt.current;
      return proven(() => send(input, (step = "") => {
        const key = keys.get(step) ?? crypto.randomUUID();
        keys.set(step, key);
        return key;
      }));
    },
    onSuccess: async (answer, input) => {
      attempt.current = undefined;
      await Promise.all((refreshes?.(answer, input) ?? []).map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
  });
}
