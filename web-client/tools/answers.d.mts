export const ids: Record<"girl" | "woman" | "need" | "need2" | "basis" | "fresh" | "accepted" | "declined" | "asked" | "draft" | "note" | "incident", string>;
export function answerTo(method: string, path: string, who?: { areas?: readonly string[] }): unknown;
