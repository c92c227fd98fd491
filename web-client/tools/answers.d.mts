export const ids: Record<"girl" | "woman" | "set" | "setSent" | "setComing" | "setApart" | "household" | "boy" | "need" | "need2" | "basis" | "order" | "decision" | "fresh" | "accepted" | "declined" | "asked" | "draft" | "served" | "note" | "incident" | "plan" | "visit" | "file" | "alert" | "block" | "lift" | "closed" | "glass" | "glassOwn" | "glassFound" | "hers" | "closure" | "proposed" | "separated" | "offered" | "requested" | "sent" | "moved", string>;
export const report: { id: string; story: string };
export function answerTo(method: string, path: string, who?: { areas?: readonly string[]; query?: string }): unknown;
export const blocks: readonly object[];
