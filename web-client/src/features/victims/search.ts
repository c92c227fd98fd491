import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Sought = { name: string; fatherName: string; caseCode: string; phone: string; cnic: string };
export type FoundVictim = Schemas["FoundVictim"];
export type FoundVictims = Schemas["FoundVictims"];

export const nothingSought: Sought = { name: "", fatherName: "", caseCode: "", phone: "", cnic: "" };

/** What was typed, without what was left empty. */
export const typed = (sought: Sought): Partial<Sought> =>
  Object.fromEntries(Object.entries(sought).map(([part, text]) => [part, text.trim()] as const).filter(([, text]) => text));

/** Looks among the cases that the worker may see. The words travel in the body, and are kept neither here nor there. */
export function useSearch(): UseMutationResult<FoundVictims, Problem, Sought> {
  return useChange<Sought, FoundVictims>({
    send: (sought) => answer(api.POST("/api/v1/victims/search", { body: typed(sought) })),
  });
}

/** A name in the field of the script that it is written in. */
export const inItsScript = (name: string): { ur?: string; latin?: string } => {
  const text = name.trim();
  return text === "" ? {} : /\p{Script=Arabic}/u.test(text) ? { ur: text } : { latin: text };
};
