/** Where something sealed belongs: what was sealed for one place does not open in another. */
export const draftPlace = (id: string): string => `draft|${id}`;
export const unsentPlace = ({ id, kind, at }: { id: string; kind: string; at: number }): string => `unsent|${id}|${kind}|${at}`;
export const listPlace = (id: string, at: number): string => `list|${id}|${at}`;
